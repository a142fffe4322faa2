"""Good first wordings in Malay and English, filled with the organisation's particulars."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the wordings need to know of the organisation."""

    name: str
    address: str
    email: str
    phone: str


def notice(who: Particulars, *, kinds: dict[str, str], per_month: int, days: int) -> dict[str, dict[str, str]]:
    """A consent notice. ``kinds`` says per language what the messages are about, e.g. “class offers”."""
    months = days // 30
    return {
        "ms": {
            "statement": f"Saya bersetuju menerima {kinds['ms']} daripada {who.name} melalui WhatsApp, "
            f"paling banyak {per_month} mesej sebulan.",
            "controller": f"{who.name}, {who.address}. E-mel: {who.email}. Telefon: {who.phone}.",
            "data": "Kami menyimpan nombor WhatsApp, nama dan bahasa pilihan anda, serta bukti persetujuan ini.",
            "recipients": "Nombor dan kandungan mesej dihantar kepada WhatsApp (Meta) untuk penghantaran. "
            "Kami tidak memberikannya kepada pihak lain.",
            "retention": f"Persetujuan ini sah selama {months} bulan atau sehingga anda menariknya balik.",
            "withdraw": "Balas BERHENTI pada bila-bila masa, percuma dan tanpa perlu memberi sebab.",
            "rights": "Anda berhak mengakses, membetulkan, memadam, menyekat, membantah dan memindahkan data anda, "
            "serta membuat aduan kepada pihak berkuasa.",
        },
        "en": {
            "statement": f"I agree to receive {kinds['en']} from {who.name} on WhatsApp, "
            f"at most {per_month} messages a month.",
            "controller": f"{who.name}, {who.address}. E-mail: {who.email}. Phone: {who.phone}.",
            "data": "We keep your WhatsApp number, name and preferred language, and the proof of this consent.",
            "recipients": "Your number and the messages go to WhatsApp (Meta) for delivery. "
            "We give them to nobody else.",
            "retention": f"This consent holds for {months} months, or until you withdraw it.",
            "withdraw": "Reply STOP at any time, free of charge and without giving a reason.",
            "rights": "You have the right to access, correct, erase, restrict, object to and move your data, "
            "and to complain to the authority.",
        },
    }
