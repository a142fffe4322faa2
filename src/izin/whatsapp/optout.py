"""The words by which a template tells people how to stop, language by language.

Pure. PDPA s.43, GDPR Art. 21(4) and ePrivacy Art. 13(2) want the way out in every marketing message, in words its
reader understands. The platform recognises each keyword and each button text here when it comes back.
"""

import re

# A footer holds 60 characters.
OPT_OUT_FOOTER = {
    "ms": "Balas BERHENTI untuk berhenti menerima mesej.",
    "en": "Reply STOP to stop receiving messages.",
    "id": "Balas BERHENTI untuk berhenti menerima pesan.",
    "zh": "回复“退订”即可停止接收消息。",
    "ta": "செய்திகளை நிறுத்த STOP என பதிலளிக்கவும்.",
    "de": "Antworten Sie STOPP, um keine Nachrichten mehr zu erhalten.",
    "es": "Responda BAJA para no recibir más mensajes.",
    "fr": "Répondez STOP pour ne plus recevoir de messages.",
    "it": "Rispondi STOP per non ricevere più messaggi.",
    "nl": "Antwoord STOP om geen berichten meer te ontvangen.",
    "pl": "Odpowiedz STOP, aby nie otrzymywać więcej wiadomości.",
    "pt": "Responda PARAR para deixar de receber mensagens.",
}

# "Reply STOP": a verb of answering and, a word or two on, the keyword. The keyword alone is not enough, as in "our shop
# will stop".
_INSTRUCTION = {
    "ms": r"\b(?:balas|taip|hantar|tekan)\b(?:\W+\w+){0,2}?\W+(?:berhenti|stop)\b",
    "en": r"\b(?:reply|text|send|type|answer|press|tap)\b(?:\W+\w+){0,2}?\W+(?:stop|unsubscribe)\b",
    "id": r"\b(?:balas|ketik|kirim|tekan)\b(?:\W+\w+){0,2}?\W+(?:berhenti|stop)\b",
    "zh": r"(?:回复|回覆|回|发送|發送)\W*(?:退订|退訂|停止|stop|td|t)",
    "ta": r"\b(?:stop|நிறுத்து)\W+(?:என\w*\W+)?(?:பதில|அனுப்ப)",
    "de": r"\b(?:antworten|schreiben|senden)\b(?:\W+\w+){0,3}?\W+(?:stopp?|abmelden)\b",
    "es": r"\b(?:responda|responde|envíe|envía|escriba|escribe)\b(?:\W+\w+){0,2}?\W+(?:baja|stop|parar)\b",
    "fr": r"\b(?:répondez|réponds|envoyez|envoie)\b(?:\W+\w+){0,2}?\W+(?:stop|arr[êe]t)\b",
    "it": r"\b(?:rispondi|rispondete|scrivi|invia)\b(?:\W+\w+){0,2}?\W+stop\b",
    "nl": r"\b(?:antwoord|stuur|sms)\b(?:\W+\w+){0,2}?\W+(?:stop|afmelden)\b",
    "pl": r"\b(?:odpowiedz|wyślij|napisz)\b(?:\W+\w+){0,2}?\W+(?:stop|wypisz)\b",
    "pt": r"\b(?:responda|responde|envie|envia)\b(?:\W+\w+){0,2}?\W+(?:parar|sair|stop)\b",
}
_PATTERN = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _INSTRUCTION.items()}

BUTTONS = {
    "ms": ("berhenti", "henti mesej", "berhenti promosi", "henti promosi", "nyahlanggan", "stop"),
    "en": ("stop", "stop messages", "stop promotions", "unsubscribe", "opt out"),
    "id": ("berhenti", "berhenti langganan", "stop"),
    "zh": ("退订", "退訂", "停止", "停止发送", "拒收", "取消订阅"),
    "ta": ("நிறுத்து", "நிறுத்தவும்", "stop"),
    "de": ("stopp", "stop", "abmelden", "abbestellen"),
    "es": ("baja", "darme de baja", "stop"),
    "fr": ("stop", "arrêt", "me désabonner", "se désabonner"),
    "it": ("stop", "cancellami", "disiscrivimi"),
    "nl": ("stop", "afmelden"),
    "pl": ("stop", "wypisz"),
    "pt": ("parar", "sair", "stop"),
}


def language_of(code: str) -> str:
    """The language of Meta's code: ``zh_CN`` → ``zh``."""
    return code.replace("-", "_").partition("_")[0].casefold()


def is_known(code: str) -> bool:
    """Whether the approved wordings of this language are known; if not, nobody can say that a template carries one."""
    return language_of(code) in OPT_OUT_FOOTER


def tells(text: str, code: str) -> bool:
    """Whether a footer or body says in its own language how to stop."""
    pattern = _PATTERN.get(language_of(code))
    return pattern is not None and (
        pattern.search(text) is not None or OPT_OUT_FOOTER[language_of(code)].casefold() in text.casefold()
    )


def is_button(text: str, code: str) -> bool:
    """Whether a quick-reply button with this text is a way out in its own language."""
    return " ".join(text.casefold().split()) in BUTTONS.get(language_of(code), ())
