"""Good first wordings in Malay and English, filled with the organisation's particulars."""

from dataclasses import dataclass
from typing import TypedDict


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


class Starter(TypedDict):
    """A purpose to begin with; the texts by language."""

    names: dict[str, str]
    kinds: dict[str, str]
    category: str


# First purposes to choose from. Each says what comes; none mixes advertising with service.
STARTERS: dict[str, Starter] = {
    "promosi": {
        "names": {"ms": "Promosi", "en": "Promotions"},
        "kinds": {"ms": "tawaran dan diskaun untuk kelas kami", "en": "offers and discounts on our classes"},
        "category": "MARKETING",
    },
    "produk": {
        "names": {"ms": "Maklumat produk", "en": "Product information"},
        "kinds": {"ms": "maklumat tentang produk baharu kami", "en": "details of our new products"},
        "category": "MARKETING",
    },
    "kemas-kini": {
        "names": {"ms": "Perubahan jadual", "en": "Timetable changes"},
        "kinds": {"ms": "perubahan jadual dan penutupan", "en": "timetable changes and closures"},
        "category": "UTILITY",
    },
    "pendidikan": {
        "names": {"ms": "Notis sekolah", "en": "School notices"},
        "kinds": {
            "ms": "notis sekolah tentang peperiksaan, kehadiran dan acara",
            "en": "school notices about exams, attendance and events",
        },
        "category": "UTILITY",
    },
}


def shared(who: Particulars) -> dict[str, dict[str, str]]:
    """The parts of a consent form's notice that all its purposes share."""
    return {
        "ms": {
            "controller": f"{who.name}, {who.address}. E-mel: {who.email}. Telefon: {who.phone}.",
            "data": "Kami menyimpan nombor WhatsApp, nama dan bahasa pilihan anda. Kami juga menyimpan bukti "
            "persetujuan ini.",
            "recipients": "WhatsApp (Meta) menerima nombor anda dan mesej kami untuk menghantarnya. Pengendali pelayan "
            "kami menyimpannya. Tiada pihak lain menerimanya.",
            "transfers": "Meta boleh menyimpan data di luar Malaysia dan Eropah, termasuk di Amerika Syarikat. Meta "
            "terikat dengan klausa kontrak standard.",
            "withdraw": "Balas BERHENTI pada bila-bila masa. Ia percuma dan anda tidak perlu memberi sebab.",
            "rights": "Anda boleh mengakses, membetulkan, memadam dan memindahkan data anda. Anda boleh menyekat "
            "penggunaannya. Anda boleh membantah pemasaran pada bila-bila masa.",
            "complaint": "Anda boleh mengadu kepada Pesuruhjaya Perlindungan Data Peribadi Malaysia, atau kepada pihak "
            "berkuasa di tempat tinggal anda.",
            "voluntary": "Kami menulis kepada anda kerana anda bersetuju, dan atas sebab itu sahaja. Anda bebas untuk "
            "menolak. Perkhidmatan kami kepada anda tidak berubah.",
            "automated": "Tiada keputusan tentang anda dibuat oleh mesin. Kami tidak membina profil anda.",
        },
        "en": {
            "controller": f"{who.name}, {who.address}. E-mail: {who.email}. Phone: {who.phone}.",
            "data": "We keep your WhatsApp number, your name and the language you chose. We also keep the proof of "
            "this consent.",
            "recipients": "WhatsApp (Meta) gets your number and our messages to deliver them. The company that runs "
            "our server stores them. Nobody else gets them.",
            "transfers": "Meta may keep data outside Malaysia and Europe, also in the United States. Meta is bound by "
            "standard contract clauses.",
            "withdraw": "Reply STOP at any time. It is free and you need not give a reason.",
            "rights": "You can access, correct, erase and move your data. You can restrict how we use them. You can "
            "object to marketing at any time.",
            "complaint": "You can complain to the Personal Data Protection Commissioner of Malaysia, or to the "
            "authority where you live.",
            "voluntary": "We write to you because you agreed, and for no other reason. You are free to refuse. What we "
            "do for you stays the same.",
            "automated": "No machine decides about you. We build no profile of you.",
        },
    }
