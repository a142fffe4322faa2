"""The few texts that Izin itself writes to people, each in answer to their own message. No offer, no question, once."""


def stopped_text(organisation: str, language: str) -> str:
    """Told that it is done (GDPR Art. 12(3); law: C-12)."""
    if language == "en":
        return (
            f"You will get no more promotional messages from {organisation}. "
            "If you change your mind, use our join page: we never sign you up ourselves."
        )
    return (
        f"Anda tidak akan menerima mesej promosi daripada {organisation} lagi. "
        "Jika anda berubah fikiran, gunakan halaman sertai kami: kami tidak akan mendaftarkan anda sendiri."
    )


def asked_text(organisation: str, language: str) -> str:
    """Asked once when a wish is unclear; nothing more is sent meanwhile (law.md 7.3, 5)."""
    if language == "en":
        return (
            f"We are not sure what you wish, so {organisation} sends you nothing for now. "
            "Reply STOP to stop promotional messages for good, or YES to go on receiving them."
        )
    return (
        f"Kami tidak pasti maksud anda, jadi {organisation} tidak menghantar apa-apa buat masa ini. "
        "Balas BERHENTI untuk berhenti menerima mesej promosi, atau YA untuk terus menerima."
    )


def joined_text(organisation: str, language: str) -> str:
    """Confirms a consent, and says how to withdraw it as easily as it was given (Art. 7(3))."""
    if language == "en":
        return (
            f"Thank you. Your consent to messages from {organisation} is recorded. Reply STOP at any time to stop them."
        )
    return (
        f"Terima kasih. Persetujuan anda untuk menerima mesej daripada {organisation} telah direkodkan. "
        "Balas BERHENTI pada bila-bila masa untuk berhenti."
    )
