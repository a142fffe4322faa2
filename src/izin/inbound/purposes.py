"""Which of an organisation's purposes a partial stop is about. Pure."""

from functools import lru_cache

from izin.inbound.normalise import normalise

# Words for one thing, whichever of them the organisation and the person use.
_SYNONYMS = {
    "promotion": "promosi promo promos promotion promotions promotional offer offers tawaran iklan ads adverts marketing "
    "pemasaran 促销 促銷 优惠 優惠 推销 广告 廣告 deals sale sales jualan diskaun discount discounts",
    "news": "news newsletter newsletters berita buletin bulletin surat updates update kemaskini 新闻 新聞",
    "reminder": "reminder reminders peringatan ingatan pengingat 提醒",
    "event": "event events acara majlis program programme programmes 活动 活動",
    "class": "class classes kelas lesson lessons tuisyen tuition course courses kursus 课程 課程",
    "survey": "survey surveys kaji selidik tinjauan soal 问卷",
}
_CONCEPT = {word: concept for concept, words in _SYNONYMS.items() for word in words.split()}
# Words in a purpose's name that distinguish nothing.
_GENERAL = frozenset(
    "and dan of the our kami new baru about tentang messages mesej semua all marketing whatsapp for untuk".split()
)


def named_purpose(words: list[str], purposes: tuple[str, ...]) -> str | None:
    """The one purpose that these words name; None when they name none or more than one."""
    if not purposes:
        return None
    said = {_CONCEPT.get(word, word) for word in words}
    whole = [purpose for purpose in purposes if (wanted := _concepts(purpose)) and wanted <= said]
    found = whole or [purpose for purpose in purposes if _concepts(purpose) & said]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=256)
def _concepts(purpose: str) -> frozenset[str]:
    words = [word for clause, _ in normalise(purpose.replace("_", " ")).clauses for word in clause]
    return frozenset(_CONCEPT.get(word, word) for word in words if word not in _GENERAL)
