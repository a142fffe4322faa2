"""Is a text plain enough to agree to? Vague words, pressure, conditions and reading load, in Malay and English. Pure.

GDPR Art. 7(2), 7(4), 12(1), recitals 42, 43, 58; WP260 ¶8-13; EDPB 05/2020 ¶46-61. No law gives a figure for reading
load, so the limits are the house's own (``readability`` measures it).
"""

import re

from izin.notices.readability import LEAST_EASE, MOST_WORDS, MOST_WORDS_ON_AVERAGE, WORD, Load, load

LEAST_EASE_OF_A_PART = 30.0  # Flesch, English; the name of an authority is hard by itself
MOST_SYLLABLES, MOST_SYLLABLES_OF_A_PART = 2.9, 3.2  # of a word on average, Malay
FEWEST_WORDS = 12  # an average over less says nothing

# Words that say nothing about what will come, and those that may stand around them.
_VAGUE = (
    "marketing pemasaran update updates kemaskini kemas kini partner partners rakan kongsi news berita messages mesej "
    "notification notifications notifikasi pemberitahuan communication communications komunikasi commercial komersial "
    "content kandungan services perkhidmatan things perkara stuff"
)
_FILLER = (
    "a an the and or of for to about on by our your all any other more various general purpose purposes whatsapp "
    "interesting latest dan atau untuk tentang mengenai daripada kami anda semua segala lain lagi pelbagai umum am "
    "tujuan terkini menarik"
)
VAGUE, FILLER = frozenset(_VAGUE.split()), frozenset(_FILLER.split())
# Consent as the price of something else (Art. 7(4)); who means it must say why.
CONDITIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:to|in order to|if you want to) (?:get|receive|obtain|claim|enter|win|complete|continue|use|register|"
        r"book|download|order)\b[^.!?]{0,80}\b(?:agree|consent|tick|must|need to)\b",
        r"\b(?:agree|agreeing|consent|tick(?:ing)?)\b[^.!?]{0,60}\b(?:is|are) (?:required|mandatory|needed)\b",
        r"\b(?:only if|unless|without) (?:you(?:r)? )?(?:agree|consent|tick)\w*",
        r"\bby (?:continuing|using|ordering|registering|submitting)\b[^.!?]{0,60}\b(?:agree|consent|accept)\b",
        r"\b(?:free|discount|voucher|gift|prize)\b[^.!?]{0,40}\b(?:if|when|once) you (?:agree|consent|tick)\b",
        r"\buntuk (?:mendapat(?:kan)?|menerima|menuntut|menyertai|memenangi|melengkapkan|meneruskan|menggunakan|"
        r"mendaftar|menempah|memesan)\b[^.!?]{0,80}\b(?:bersetuju|setuju|tandakan|mesti|perlu)\b",
        r"\b(?:persetujuan|bersetuju|menanda(?:kan)?)\b[^.!?]{0,60}\b(?:diwajibkan|wajib|diperlukan|dikehendaki)\b",
        r"\b(?:hanya jika|melainkan|kecuali|tanpa) (?:anda )?(?:bersetuju|persetujuan|setuju|menanda)\w*",
        r"\bdengan (?:meneruskan|menggunakan|memesan|mendaftar|menghantar|menekan)\b[^.!?]{0,60}\b(?:ber)?setuju\b",
        r"\b(?:percuma|diskaun|baucar|hadiah)\b[^.!?]{0,40}\b(?:jika|apabila|setelah) anda (?:ber)?setuju\b",
    )
)
PRESSURE = re.compile(
    r"\b(?:last chance|don'?t miss|hurry|act now|limited time|you will lose|you'll lose|missing out|"
    r"peluang terakhir|jangan lepaskan|jangan terlepas|cepat sebelum|masa terhad|anda akan rugi|rugi jika)\b",
    re.IGNORECASE,
)
# What messages may be for. Words of two of these in one sentence are two purposes (recitals 32 and 43).
SUBJECTS = {
    "advertising": "offer offers discount discounts promotion promotions promo sale sales voucher vouchers product "
    "products catalogue tawaran diskaun promosi jualan baucar produk katalog",
    "service": "timetable timetables schedule schedules reminder reminders closure closures appointment appointments "
    "exam exams examination examinations homework attendance jadual peringatan penutupan temujanji peperiksaan "
    "kehadiran kerja-rumah",
    "research": "survey surveys research tinjauan kajian",
}
CHANNELS = re.compile(r"\b(?:e-?mails?|e-?mel|sms|phone calls?|telephone|telegram|post|telefon|panggilan|pos)\b", re.I)
OTHERS = re.compile(
    r"\b(?:partners?|third part(?:y|ies)|affiliates?|sponsors?|rakan(?: niaga| kongsi)?|pihak ketiga|penaja|"
    r"syarikat gabungan)\b",
    re.IGNORECASE,
)
TERMS = re.compile(r"\b(?:terms|conditions|terma|syarat|privacy policy|dasar privasi)\b", re.IGNORECASE)


def too_hard(part: str, language: str) -> bool:
    """Whether one part of a notice asks more of its reader than the house allows."""
    found = load(part, language)
    if found.longest > MOST_WORDS:
        return True
    return found.words >= FEWEST_WORDS and _hard_words(found, language, LEAST_EASE_OF_A_PART, MOST_SYLLABLES_OF_A_PART)


def too_hard_as_a_whole(text: str, language: str) -> bool:
    """Whether all of it together does."""
    found = load(text, language)
    if found.per_sentence > MOST_WORDS_ON_AVERAGE:
        return True
    return found.words >= FEWEST_WORDS and _hard_words(found, language, LEAST_EASE, MOST_SYLLABLES)


def is_vague(text: str) -> bool:
    """Whether nothing in this text says what will come: “marketing”, “latest updates”, “tujuan pemasaran kami”."""
    said = [word for word in WORD.findall(text.casefold()) if word not in FILLER]
    return all(part in VAGUE for word in said for part in word.split("-"))


def subjects(text: str) -> set[str]:
    """Which kinds of messages a text speaks of."""
    words = set(WORD.findall(text.casefold()))
    return {subject for subject, signs in SUBJECTS.items() if words & set(signs.split())}


def is_condition(text: str) -> bool:
    """Whether something else is made to depend on the consent."""
    return any(pattern.search(text) for pattern in CONDITIONS)


def _hard_words(found: Load, language: str, least_ease: float, most_syllables: float) -> bool:
    return found.per_word > most_syllables if language == "ms" else found.ease < least_ease
