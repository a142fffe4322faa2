"""What a reply means. Pure.

Nobody has to know a keyword: "any wording" stops (law.md C-04; PDPA s.43, GDPR Art. 7(3) and 21). A wrong stop costs a
customer who can rejoin with one tap, a missed one is an infringement; what is undecided is therefore held for a person.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from izin.inbound import lexicon
from izin.inbound.normalise import Reply, normalise

Intent = Literal["stop_all", "stop_purpose", "hold", "confirm", "join", "help", "my_data", "resume", "other"]
Confidence = Literal["certain", "likely", "unsure"]
LONGEST = 2000
WORDLESS = frozenset(
    {"audio", "voice", "image", "video", "sticker", "document", "unsupported", "edit", "revoke", "unknown"}
)
JOIN = re.compile(r"\W*(?:JOIN|SERTAI)\s+([A-Z0-9][A-Z0-9-]{2,15})\W*")
JOIN_PAYLOAD = re.compile(r"join:([A-Za-z0-9-]{3,16})")


@dataclass(frozen=True, slots=True)
class Meaning:
    """``because`` names the rule that decided, ``code`` the opt-in code of a ``join``.

    stop_all: a withdrawal, act at once · hold: no marketing until a person has read it · resume: asks to come back and
    gives nothing (law.md C-15) · confirm: a yes, which counts only where a question was open.
    """

    intent: Intent
    confidence: Confidence
    because: str
    code: str | None = None


def understand(text: str | None, *, payload: str | None = None, kind: str = "text") -> Meaning:
    """The meaning of one inbound message: its words or caption, its button's payload, its kind as WhatsApp names it."""
    pressed = _button(payload)
    if pressed is not None:
        return pressed
    if text is None or not text.strip():
        return Meaning("hold", "unsure", "wordless") if kind in WORDLESS else Meaning("other", "certain", "empty")
    meaning = _words(text)
    if meaning.intent == "other" and kind in WORDLESS:
        return Meaning("hold", "unsure", "wordless")
    return meaning


def _button(payload: str | None) -> Meaning | None:
    if payload is None:
        return None
    pressed = payload.strip().casefold()
    if pressed.startswith("optout"):
        return Meaning("stop_all", "certain", "button")
    if pressed.startswith("confirm"):
        return Meaning("confirm", "certain", "button")
    if code := JOIN_PAYLOAD.fullmatch(payload.strip()):
        return Meaning("join", "certain", "button", code[1].upper())
    return Meaning("stop_all", "certain", "button") if _exact(normalise(payload)) else None


def _words(text: str) -> Meaning:
    read = text[:LONGEST]
    reply = normalise(read)
    if code := JOIN.fullmatch(unicodedata.normalize("NFKC", read).upper()):
        if normalise(code[1]).joined in lexicon.STOP:
            return Meaning("hold", "unsure", "join_or_stop")
        return Meaning("join", "certain", "code", code[1])
    whole = " ".join(reply.words)
    for intent, phrases in _ANSWERS:
        if whole in phrases:
            return Meaning(intent, "certain", "keyword")
    if not reply.asks and _exact(reply):
        return Meaning("stop_all", "certain", "keyword")
    meaning = _phrase(reply) or _review(reply)
    if meaning is None:
        # What was cut off may hold a stop.
        meaning = (
            Meaning("hold", "unsure", "long") if len(text) > LONGEST else Meaning("other", "likely", "nothing_said")
        )
    return meaning


_ANSWERS: tuple[tuple[Intent, frozenset[str]], ...] = (
    ("resume", lexicon.RESUME),
    ("confirm", lexicon.CONFIRM),
    ("help", lexicon.HELP),
    ("my_data", lexicon.MY_DATA),
)


def _variants(words: tuple[str, ...]) -> set[str]:
    """The words as they are, and without politeness, fillers and wishes, step by step."""
    stems = tuple(w.removesuffix("lah") if w.removesuffix("lah") in lexicon.STOP else w for w in words)
    polite = tuple(word for word in stems if word not in lexicon.POLITE)
    firm = tuple(word for word in stems if word not in lexicon.FILLER)
    both = tuple(word for word in polite if word not in lexicon.FILLER)
    wish = tuple(word for word in polite if word not in lexicon.WISH)
    all_of_it = tuple(word for word in both if word not in lexicon.WISH)
    return {" ".join(some) for some in (words, stems, polite, firm, both, wish, all_of_it)} | {"".join(words)} - {""}


def _exact(reply: Reply) -> bool:
    return bool(_variants(reply.words) & lexicon.STOP)


def _phrase(reply: Reply) -> Meaning | None:
    """Requests in a sentence, and the sentences that only look like one."""
    if _do_not_stop(reply):
        return Meaning("other", "likely", "do_not_stop")
    request = _request(reply)
    if request is None:
        return Meaning("other", "likely", "another_matter") if _another_matter(reply) else None
    words = set(reply.words)
    if words & (lexicon.ORDER - lexicon.CONTACT) or reply.digits >= 7:
        return Meaning("hold", "unsure", "stop_and_another_matter")
    if request == "calls" or (request == "contact" and words & lexicon.PARTIAL):
        return Meaning("hold", "unsure", "partial")
    if reply.asks and request != "records":
        return Meaning("hold", "unsure", "asks_about_stopping")
    return Meaning("stop_all", "likely", request)


def _do_not_stop(reply: Reply) -> bool:
    if re.search(r"(?:不要|别|別|不能|唔好)(?:停|取消订阅|取消訂閱|退订|退訂)", reply.joined):
        return not re.search(r"不要停止不", reply.joined)
    if re.search("நிறுத்தாத|நிறுத்த வேண்டாம்|niruthatha|nirutthatha", " ".join(reply.words)):
        return True
    for clause in reply.clauses:
        for place, word in enumerate(clause):
            if word in lexicon.NOT_TO:
                rest = clause[place + 1 : place + 4]
                wanting = [each for each in rest if each in lexicon.WANTING]
                following = [each for each in rest if each not in lexicon.WANTING]
                stops = bool(following) and _stem(following[0]) in lexicon.STOP_VERBS | {"tigilan", "opt"}
                # "tak berhenti hantar" complains; "tak nak berhenti" stays.
                if stops and (word in ("jangan", "never", "huwag") or wanting):
                    return True
    return False


def _request(reply: Reply) -> str | None:
    for clause in reply.clauses:
        variants = _variants(clause)
        if variants & lexicon.CLEAR_STOP and not (reply.asks and len(reply.clauses) == 1):
            return "clause"
        if contact := _refused_contact(clause):
            return contact
        if _takes_back(clause):
            return "consent"
        if _wants_removal(clause):
            return "records"
        if _threatens(clause):
            return "complaint"
    return _chinese_or_tamil(reply)


def _refused_contact(clause: tuple[str, ...]) -> str | None:
    """A refusal or a stop word, up to two words, then a word of contacting; and nothing that is delivered."""
    if {"unsubscribe", "unsub", "unreg", "nyahlanggan"} & set(clause):
        return "keyword_inside"
    if set(clause) & lexicon.DELIVERY:
        return None
    words = tuple(word for word in clause if word not in lexicon.FUNCTION)
    for place in range(len(words)):
        start = _end_of_refusal(words, place)
        after = () if start is None else words[start : start + 3]
        if after and after[0] in lexicon.UNREFUSED:  # "jangan lupa hantar", "stop by and call"
            continue
        refused = set(after) & (lexicon.CONTACT | lexicon.SUBSCRIPTION)
        if refused:
            return "calls" if refused <= lexicon.CALLS else "contact"
    return None


def _end_of_refusal(words: tuple[str, ...], place: int) -> int | None:
    """Where that goes on which is refused from here; None when nothing is."""
    word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
    if word in ("jangan", "never", "usah") or _stem(word) in lexicon.STOP_VERBS:
        return place + 1
    if (word, following) in (("no", "more"), ("do", "not")):
        return place + 2
    if word in ("tak", "tidak", "not", "sik", "dok", "nda", "inda") and following in lexicon.MODAL:
        return place + 2
    return None


def _takes_back(clause: tuple[str, ...]) -> bool:
    return bool(set(clause) & lexicon.CONSENT) and bool(set(clause) & lexicon.TAKE_BACK)


def _wants_removal(clause: tuple[str, ...]) -> bool:
    if set(clause) & (lexicon.ORDER | lexicon.DELIVERY):
        return False
    for place, word in enumerate(clause):
        after = clause[place + 1 : place + 4]
        if word in lexicon.REMOVE and set(after) & lexicon.RECORD and (word != "take" or "off" in after):
            return True
        if word == "keluar" and set(after) & {"senarai", "list", "group", "grup"}:
            return True
    return False


def _threatens(clause: tuple[str, ...]) -> bool:
    if not set(clause) & lexicon.REPORT:
        return False
    return bool(set(clause) & lexicon.COMPLAINT) or bool({"you", "awak", "korang", "kau"} & set(clause))


def _chinese_or_tamil(reply: Reply) -> str | None:
    joined, spaced = reply.joined, " ".join(reply.words)
    if not re.search(r"地址|货|貨|公司|订单|訂單|外卖|之前", joined) and re.search(
        r"(?:不要|别|別|勿|唔好|不想|停止|不必|不用).{0,3}?(?:发|發|传|傳|寄|send|mesej|联络|联系|聯絡|聯繫|打扰|打擾|骚扰|騷擾"
        r"|收|推送|讯息|訊息|信息|短信|打电话|打電話)",
        joined,
    ):
        return "contact"
    if re.search(r"退订|退訂|拒收|取消订阅|取消訂閱", joined):
        return "keyword_inside"
    if re.search(r"(?:删除|刪除|删掉|刪掉|移除).{0,4}?(?:号码|號碼|资料|資料|电话|電話|名字|名单|名單|我)", joined):
        return "records"
    if re.search(r"投诉|投訴|举报|舉報", joined):
        return "complaint"
    if re.search(
        r"அனுப்பாத|அனுப்பவேண்டாம்|அனுப்ப வேண்டாம்|கொள்ளாதீ|தொந்தரவு|anupp?a(?:th|dh|t)|anupp?a ?ve(?:n|nd)a"
        r"|செய்தி(?:கள்)? வேண்டாம்",
        spaced,
    ):
        return "contact"
    return None


def _another_matter(reply: Reply) -> bool:
    """An order, a bus, a shop's hours: a stop word that is about something else."""
    words = set(reply.words)
    if not words & _NEAR_STOP and not re.search("取消|停|நிறுத்தம்", reply.joined):
        return False
    if words & lexicon.CONTACT - lexicon.ORDER - {"call", "promo", "promosi", "text"} or _announces(reply):
        return False
    if words & lexicon.ORDER or re.search(r"订单|訂單|预约|預約|预订|站|நிறுத்தம்", reply.joined):
        return True
    return bool(words & lexicon.PLACE_OR_TIME) and not _about_oneself(reply)


_NEAR_STOP = lexicon.STOP_ROOTS | {"end", "remove", "berhentikan", "halt"}


def _announces(reply: Reply) -> bool:
    """ "If I reply STOP …" speaks of our keyword."""
    return bool({"balas", "reply", "taip"} & set(reply.words)) and bool(set(reply.words) & lexicon.STOP_ROOTS)


def _about_oneself(reply: Reply) -> bool:
    """ "Saya nak berhenti …": the speaker is the one who stops."""
    return bool(re.search(r"\b(?:saya|i) (?:\w+ )?(?:nak|mahu|mau|ingin|want|wanna)\b", " ".join(reply.words)))


def _review(reply: Reply) -> Meaning | None:
    words = set(reply.words)
    if not reply.words:
        refuses = set(reply.emoji) & lexicon.REFUSING_EMOJI
        return Meaning("hold", "unsure", "emoji") if refuses else None
    if _variants(reply.words) & lexicon.HOLD:
        return Meaning("hold", "unsure", "refusal")
    if any(_variants(clause) & lexicon.HOLD for clause in reply.clauses[:1]) and len(reply.words) <= 4:
        return Meaning("hold", "unsure", "refusal")
    if not words & lexicon.DELIVERY and any(pair <= words for pair in lexicon.WHO_ASKS):
        return Meaning("hold", "unsure", "asks_who_or_why")
    if words & lexicon.PARTIAL and words & lexicon.CONTACT:
        return Meaning("hold", "unsure", "partial")
    if words & lexicon.STOP_ROOTS or any(_stem(word) in lexicon.STOP_ROOTS for word in reply.words):
        return Meaning("hold", "unsure", "undecided")
    if set(reply.emoji) & lexicon.REFUSING_EMOJI:
        return Meaning("hold", "unsure", "emoji")
    return None


def _stem(word: str) -> str:
    return word.removesuffix("lah").removesuffix("la") if word not in lexicon.STOP_ROOTS else word
