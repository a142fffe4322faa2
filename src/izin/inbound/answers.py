"""The few texts that Izin itself writes to people, each in answer to their own message. No offer, no question, once.

``link`` leads to the person's own preference page.
"""


def stopped_text(organisation: str, language: str, link: str, purpose: str = "") -> str:
    """Told that it is done (GDPR Art. 12(3); law: C-12); ``purpose`` is the only one that was stopped."""
    if language == "en":
        what = f"messages about “{purpose}”" if purpose else "promotional messages"
        return f"You will get no more {what} from {organisation}. What you receive, and how to come back: {link}"
    what = f"mesej “{purpose}”" if purpose else "mesej promosi"
    return f"Anda tidak akan menerima {what} daripada {organisation} lagi. Pilihan anda, dan cara untuk kembali: {link}"


def asked_text(organisation: str, language: str, link: str) -> str:
    """Asked once when a wish is unclear; nothing more is sent meanwhile (law.md 7.3, 5)."""
    if language == "en":
        return (
            f"We are not sure what you wish, so {organisation} sends you nothing for now. "
            f"Reply STOP to stop promotional messages for good, or YES to go on receiving them. Your choices: {link}"
        )
    return (
        f"Kami tidak pasti maksud anda, jadi {organisation} tidak menghantar apa-apa buat masa ini. "
        "Balas BERHENTI untuk berhenti menerima mesej promosi, atau YA untuk terus menerima. "
        f"Pilihan anda: {link}"
    )


def data_text(organisation: str, language: str, link: str) -> str:
    """Answers whoever asks for their data in the chat: where to see and decide about them (Art. 12(2), 15)."""
    if language == "en":
        return f"See, correct, take along or erase what {organisation} holds of you here, free of charge: {link}"
    return (
        f"Lihat, betulkan, muat turun atau padam data anda yang disimpan oleh {organisation} di sini, percuma: {link}"
    )


def joined_text(organisation: str, language: str, link: str, receipt: str) -> str:
    """Confirms a consent, and says how to withdraw it as easily as it was given (Art. 7(3)); with its receipt."""
    if language == "en":
        return (
            f"Thank you. Your consent to messages from {organisation} is recorded. "
            f"Reply STOP at any time to stop them, or choose here: {link} Your receipt: {receipt}"
        )
    return (
        f"Terima kasih. Persetujuan anda untuk menerima mesej daripada {organisation} telah direkodkan. "
        f"Balas BERHENTI pada bila-bila masa untuk berhenti, atau pilih di sini: {link} Resit anda: {receipt}"
    )
