"""The sentences in which people stop, refuse and ask, written with kinds of words. Pure data.

One rule reads all languages: DONT SEND is jangan hantar, don't send, 不要发 and nie wysyłajcie. A pattern is a regular
expression over the names of ``lexicon.KINDS`` and of ``PARTS``; where it has a space, words that change nothing (me,
you, this, already) may stand; ``[A B]`` is one word of either kind. The rules are tried in this order and the first
that matches decides, so what only looks like a stop stands before what it looks like.
"""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["stop_all", "hold", "my_data", "resume", "join", "help", "other"]

PARTS = {
    "SMALL": "[ME MY YOU IT MORE]*",
    "FILL": "[ME MY YOU IT MORE DAY]*",
    "ASKING": "[ME WISH CAN]*",
    "FEW": "(?:[UNKNOWN WISH CAN DAY TIME OFTEN CALL REPLY LIKE ANGER NUMBER PERCEIVE SAY] ){0,2}",
    "BEFORE": "[VENDAM ANGER WISH CAN NEED ME MY YOU IT MORE SAY OFTEN REFUSE LIKE DAY MESSAGE ADVERT SEND GET NO ENDS]*",
    "AFTER": "[ANGER CAN ME MY YOU IT MORE DAY ENDS REFUSE CONSENT ONLY]*",
    "END": "ASKED?$",
    "REFUSAL": "(?:[DONT NOT NO NEGATE](?: MORE)? [WISH NEED LIKE]+|DONT|NO MORE|NEGATE(?= SEND|.*MORE))",
    "CANCELLED": "CANCEL FEW [MESSAGE ADVERT SUBSCRIPTION]",
    "STOPPED": "[STOP LEAVE] FEW [CONTACT]",
}
# Kinds that go together; allowed inside brackets too.
SETS = {
    "ENDS": "STOP LEAVE CANCEL",
    "CONTACT": "SEND BOTHER MESSAGE ADVERT SUBSCRIPTION",
    "TOPIC": "THING ORDER PLACE MEDIA",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """``having``: patterns that must all stand somewhere in the clause; ``without``: kinds that must not."""

    verdict: Verdict
    because: str
    patterns: tuple[str, ...]
    having: tuple[str, ...] = ()
    without: str = ""


def _rule(
    verdict: Verdict, because: str, *patterns: str, having: tuple[str, ...] | str = (), without: str = ""
) -> Rule:
    return Rule(verdict, because, patterns or ("",), (having,) if isinstance(having, str) else having, without)


# "jangan berhenti", "can't stop eating", "don't remove me": what follows shall go on.
KEPT = (
    "(?<!WHY)(?<!IF)(?:[DONT NOT NEGATE]|[DONT NOT][WISH NEED LIKE]+)[ME IT YOU]*[ENDS TAKE](?! [CONTACT])",
    "(?<!WHY)(?<!IF)(?:[DONT NEGATE]|[DONT NOT NEGATE][WISH NEED LIKE]+)[ME IT YOU]*[ENDS TAKE]",
    "(?<!WHY)CANNOT[ME IT]*[STOP CANCEL]",
    "STOP CANNOT$",
)

BEGINNING = (
    _rule("resume", "asks_to_return", having=("[ENDS]", "MISTAKE"), without="NUMBER"),
    _rule(
        "hold",
        "moved_away",
        "^[ME MY IT MORE NOT NO]*[ME MY THEY][ME MY YOU IT MORE NOT]*MOVED[ME MY YOU IT MORE UNKNOWN DAY TIME]*$",
    ),
    _rule(
        "hold",
        "asks_about_stopping",
        "REPLY [STOP LEAVE].*ASKED",
        "(?:HOW|IF|WHEN).*REPLY [STOP LEAVE]",
        "[WHEN IF]ME(?: WISH)? [STOP LEAVE]",
        without="ORDER",
    ),
    _rule("hold", "not_signed_up", "[DONT NOT](?: FORGET)? SUBSCRIPTION(?!MORE)", without="TOPIC"),
    _rule("hold", "not_signed_up", "[DONT NOT] FORGET SAY NUMBER", "^WHEN TIME?MESUBSCRIPTIONEND", without="TOPIC"),
    _rule("hold", "refusal", "^SMALL[DONT NOT] WISH (?:GET )?PERCEIVE FILLEND"),
    _rule("other", "reminds", "[DONT NOT CANNOT NEGATE](?: WISH| NEED)? FORGET", "[DONT NOT CANNOT NEGATE] PERCEIVE"),
    _rule("hold", "privacy", "PRIVACY", without="HOW WHEN ASKED"),
    _rule("other", "excuses", "[DONT NOT] [WISH NEED]+BOTHERYOU"),
    _rule("hold", "died", "DEAD", without="THING"),
)

THREATS_AND_CONSENT = (
    _rule("stop_all", "complaint", "[SEND MESSAGE](?: UNKNOWN)? MORE.*REPORT"),
    _rule("stop_all", "complaint", "MORE [SEND MESSAGE].*REPORT"),
    _rule("other", "another_matter", having=("[REPORT OBJECT]", "[TOPIC]"), without="STOP LEAVE MESSAGE"),
    _rule("other", "another_matter", "WHEN.*REPORT"),
    _rule("other", "another_matter", "REPORT.*ASKED", without="MESSAGE SEND ADVERT BOTHER YOU NUMBER IT STOP LEAVE MY"),
    _rule(
        "stop_all", "complaint",
        "[ME IF SEND MESSAGE MORE CAN LEAVE ADVERT AUTHORITY].*REPORT",
        "[MESSAGE SEND IF].*AUTHORITY",
        "REPORT UNKNOWN?[YOU IT NUMBER ADVERT AUTHORITY TIME]",
    ),
    _rule("hold", "complaint", "^[ME MY YOU IT MORE ANGER WISH IF OFTEN TIME]*REPORT[ME MY YOU IT MORE ANGER TIME OFTEN REPORT ONLY]*UNKNOWN?END"),
    _rule("hold", "complaint", "^ME.*AUTHORITY", without="TOPIC ASKED"),
    _rule("hold", "not_signed_up", "^(?:WHEN [UNKNOWN TIME]?)?ME CONSENT[IT MESSAGE ADVERT ME UNKNOWN]*ASKED", "^WHEN [UNKNOWN TIME]?ME CONSENT", "^[IT MORE DAY UNKNOWN]?ME?SUBSCRIPTION[IT MESSAGE ADVERT]*ASKED$"),
    _rule("stop_all", "consent", having=("CONSENT", "[BACK ENDS NOT DONT NO NEGATE TAKE]"), without="TOPIC"),
    _rule("stop_all", "objection", "^[ME MY IT WISH YOU]*OBJECT", without="TOPIC"),
)  # fmt: skip

RECORDS = (
    _rule("hold", "someone_else", having=("[TAKE LEAVE]", "THEY")),
    _rule(
        "stop_all", "records",
        "TAKE FEW(?:LIST|NUMBER(?!DIGITS)|DATA|NO)",
        "TAKE UNKNOWN{0,3}LIST",
        "TAKE MESSAGE[ME MY]",
        "TAKE[IT]*[ME MY]+MESSAGE",
        "TAKEME|METAKE",
        "^ASKINGTAKE FILLEND",
        "[NUMBER DATA LIST] FEW TAKE",
        "NUMBER[ME MY]*DONT FEW [LIST ADVERT]",
        "NUMBER[ME MY]*DONT.*[LIST ADVERT]",
        "TAKE[ME MY]+MESSAGE",
        "NUMBER [DONT NOT ISNT] FEW [LIST ADVERT]",
        "OUT FEW [LIST ADVERT SUBSCRIPTION]",
        "CANCEL (?:LIST|NUMBER(?!DIGITS))",
        "MY[NUMBER NO] OUT(?: LIST)?END",
        "TAKE[IT UNKNOWN DATA YOU]* COPY",
        "[BACK TAKE] SUBSCRIPTION",
        "BACK[NUMBER DATA LIST]",
        "(?:DONT|NOT [WISH NEED]) [UNKNOWN ENTER]{0,2} [NUMBER ME] UNKNOWN?(?: OUT)? [LIST ADVERT]",
        "(?:DONT|NOT [WISH NEED]) ENTER FEW [NUMBER LIST ADVERT]",
        "DONT[UNKNOWN HOLD]{1,3} NUMBER",
        "CAN NOT UNKNOWN?LIST",
        without="THING ORDER MEDIA",
    ),
    _rule("stop_all", "records", "^[ME IT WISH CAN]*TAKE MEEND", "WISH OUTEND"),
    _rule("hold", "records_of_something", "TAKE FEW (?:NUMBER(?!DIGITS)|DATA|LIST)"),
)  # fmt: skip

REQUESTS = (
    _rule("help", "asks_for_help", "^[ME MY YOU IT WISH CAN NEED HOW DAY REPLY MORE SAY]*HELP[ME MY YOU IT WISH CAN NEED DAY REPLY MORE HELP]*END"),
    _rule(
        "resume", "asks_to_return",
        "^FILL(?:WRONG [ME SAY REPLY UNKNOWN MESSAGE]{0,2}[ENDS]UNKNOWN?|(?:REPLY|ME) [ENDS] WRONG) ?FILL$",
        "^ASKING[MORE]*START (?:AGAIN)?(?:[SEND SUBSCRIPTION] )?FILLEND",
        "WISH GET AGAIN[MESSAGE ADVERT]?", "WISH AGAIN GET [MESSAGE ADVERT]",
        "^ASKING[SEND ENTER SUBSCRIPTION] UNKNOWN?(?:[MESSAGE ADVERT SUBSCRIPTION LIST] )*AGAIN[MESSAGE ADVERT SUBSCRIPTION LIST ME MY]*END",
        "^BACKSTOP",
        "^ASKINGSTART AGAIN? ?[MESSAGE ADVERT SEND SUBSCRIPTION ME MY IT]*END",
        "^ASKINGMORE ?SENDEND",
        "^ASKINGWISH (?:MORE|AGAIN|START) ?GET[MESSAGE ADVERT ME MY IT]*END",
        "[WISH CAN] GET [MESSAGE ADVERT] (?:MORE|AGAIN)",
        "^AGAIN SUBSCRIPTIONEND",
        "^ASKINGSEND(?:MORE|AGAIN)+[MESSAGE ADVERT] FILL$",
        without="NUMBER THEY NOT DONT NO NEGATE OFTEN WHY THING ORDER",
    ),
    _rule(
        "my_data", "asks_for_data",
        "^ASKING[HOW WHEN UNKNOWN YOU]{0,2}[HOLD COPY]? (?:UNKNOWN )?(?:MY|ME )+DATA[UNKNOWN CAN YOU HOLD COPY]{0,3}END",
        "^ASKING[COPY PERCEIVE GET SEND] UNKNOWN{0,2} (?:[ME MY]DATA|DATA (?:COPY|[ME MY]))$",
        "^UNKNOWN{0,2}YOU?UNKNOWN?COPY MEEND", "^YOU COPYEND",
        "^ASKING[SEND PERCEIVE SAY GET]MEITYOU?COPY",
        "DATA[UNKNOWN IT]{0,3}[YOU HOLD]+[UNKNOWN IT]{0,2}(?:ME|COPY|END)",
        "DATA[ME MY]+PLACE?HOLD", "^UNKNOWN{0,2}YOU[ME IT]?COPY|^PERCEIVE (?:[ME MY])?DATA$",
        "DATA COPY",
        "^ASKINGPERCEIVE[IT UNKNOWN ME MY]{0,3}YOU?(?:HOLD|COPY)[ME MY]*END",
        "^DATA[ME MY]+LISTEND",
        "COPY HOLD[ME MY]",
        without="TAKE ENDS NOT DONT TOPIC NUMBER",
    ),
    _rule("my_data", "asks_for_data", having=("DATA", "[HOLD COPY]"), without="TAKE ENDS NOT DONT TOPIC"),
    _rule("my_data", "asks_for_data", "[HOLD PERCEIVE] COPY", without="TAKE ENDS NOT DONT TOPIC"),
    _rule(
        "resume", "asks_to_return",
        "START [SEND MESSAGE GET ADVERT]",
        "[SEND SUBSCRIPTION] AGAIN",
        "(?:WISH GET|SEND) MESSAGE [AGAIN MORE]",
        without="TAKE ENDS NOT DONT TOPIC ASKED WHEN",
    ),
    _rule("join", "asks_to_join", "^ASKINGWISH SUBSCRIPTION FILLEND"),
    _rule("resume", "asks_to_return", "^ASKING[GET SUBSCRIPTION] [MESSAGE ADVERT]?[ME MY]*AGAIN FILLEND"),
)  # fmt: skip

WHO_AND_WHY = (
    _rule(
        "hold", "wrong_number",
        "WRONG FEW NUMBER",
        "ISNT [NUMBER THEY]",
        "^[ME IT YOU]*ISNT MEEND",
        "^[ME IT]ISNT UNKNOWN{1,3}END",
        "NOT[ME MY]+NUMBER",
        "DONT SAY[ME MY]*NUMBER",
        "NOT UNKNOWN{0,2}[NUMBER CALL] MORE",
    ),
    _rule(
        "hold", "asks_who",
        "^[ME MY YOU IT MORE DAY WISH CAN PERCEIVE SAY NUMBER MESSAGE ADVERT]*WHO[ME MY YOU IT MESSAGE NUMBER SAY ONLY]*END",
        "[WHY HOW].*NUMBER FEW LIST",
        "^[ANGER UNKNOWN]FILLWHO[YOU IT]*END",
        "WHO SEND[ME IT MESSAGE ADVERT]",
        "^WHYMEEND",
        "^WHY [GET SEND MESSAGE] MESSAGE?END",
    ),
    _rule(
        "hold", "asks_who",
        "GET[UNKNOWN ME MY IT]?NUMBER",
        "^(?:WHO|HOW)[UNKNOWN IT YOU GET HOLD SAY]{1,3}[ME MY]+NUMBER",
        "YOU[UNKNOWN GET HOLD SAY]{0,2}[ME MY IT]+NUMBER",
        "[GET HOLD SAY]YOU?(?:[ME MY IT]+NUMBER|NUMBER[ME MY])",
        having="[WHO HOW WHY WHEN]",
        without="TOPIC NOT CANNOT",
    ),
    _rule("hold", "asks_why", having=("WHY", "[SEND MESSAGE BOTHER GET]"), without="NOT DONT CANNOT TOPIC STOP DAY"),
)  # fmt: skip

STOPPING_SOMETHING = (
    _rule("hold", "partial", "[ENDS] FEW CALL", without="TOPIC CONTACT"),
    _rule("hold", "asks_about_stopping", "^WHENME [ENDS]FILLEND"),
    _rule("other", "another_matter", having=("WHEN", "CANCEL"), without="STOP LEAVE"),
    _rule("hold", "asks_about_stopping", having=("[ENDS] FEW [CONTACT]", "[IF HOW WHEN WHY]")),
    _rule("hold", "partial", having=("STOPPED|.*CANCELLED", "[THEY TIME ONLY PAUSE]")),
    _rule("hold", "partial", "STOPPED.*[TOPIC]", "CANCELLED.*[TOPIC]", "[STOP LEAVE] [UNKNOWN TOPIC DATA]{1,3}ADVERT"),
    _rule(
        "stop_all",
        "contact",
        "STOPPED",
        "CANCELLED",
        "^[MESSAGE ADVERT] [STOP LEAVE]",
        "[MESSAGE ADVERT SUBSCRIPTION] [ENDS] UNKNOWN?$",
    ),
)

REFUSING_SOMETHING = (
    _rule("other", "another_matter", "^[ME MY IT MORE]*[DONT NOT CANNOT]GET", without="WISH NEED STOP"),
    _rule("stop_all", "contact", "[SEND MESSAGE] [DONT NEGATE](?:MORE|ME|END)", "REFUSE[SEND MESSAGE BOTHER ADVERT GET] [MESSAGE ADVERT IT MORE]"),
    _rule("hold", "partial", "DONT FEW SEND[UNKNOWN IT MY YOU]{0,2}MEDIA", "DONT FEW SEND[ME IT YOU]*MORE[UNKNOWN IT MY]{0,2}[THING ORDER]"),
    _rule("hold", "partial", "DAY UNKNOWN?SEND VENDAM"),
    _rule(
        "other", "delivery",
        "REFUSAL FEW [SEND CALL][UNKNOWN IT MY YOU MORE CAN]{0,3}[TOPIC DAY]",
        "[TOPIC][UNKNOWN IT MY ME]{0,2} REFUSAL FEW SEND",
        without="MESSAGE ADVERT SUBSCRIPTION TIME BOTHER",
    ),
    _rule(
        "other", "another_matter", "REFUSAL FEW GET[UNKNOWN IT MY MORE]{0,2}[TOPIC DAY]", without="ADVERT SUBSCRIPTION"
    ),
    _rule("hold", "partial", having=("REFUSAL FEW [CONTACT CALL]", "[TIME OFTEN ONLY TOPIC IF HOW THEY DAY PAUSE]")),
    _rule("hold", "partial", "REFUSAL [UNKNOWN TOPIC DATA]{1,3}ADVERT", "(?:DONT|[DONT NOT NO] WISH) FEW CALL(?! MESSAGE)"),
    _rule("hold", "unclear_object", "REFUSAL SEND UNKNOWN+END"),
    _rule("stop_all", "send_only", "REFUSAL FEW SEND", without="MESSAGE ADVERT SUBSCRIPTION BOTHER ME MY LIST"),
    _rule(
        "stop_all", "contact",
        "REFUSAL FEW [CONTACT]",
        "NO [SEND ADVERT BOTHER]",
        "NO [MESSAGE ADVERT] (?:END|SEND)",
        "[CANCEL] SEND [MESSAGE ADVERT]",
        "NEGATE GET [MESSAGE ADVERT]",
        "CANCEL BOTHER",
        "NO [MESSAGE ADVERT] (?:END|GET|SEND)",
        "CANCEL (?:SEND|BOTHER)",
        "SUBSCRIPTION CANCEL FILL$",
        "^[ME MY IT]*[MESSAGE ADVERT]+ CANCEL FILL$",
    ),
    _rule(
        "stop_all", "contact",
        "[DONT NOT NO NEGATE] (?:MORE )?[WISH NEED LIKE]+ (?:LIKE )?GET",
        "[WISH LIKE] DONTGET",
    ),
    _rule("hold", "partial", having=("[MESSAGE ADVERT SUBSCRIPTION] FEW(?:VENDAM|NOT [WISH NEED])FILLEND", "[TOPIC]")),
    _rule("other", "another_matter", having=("VENDAM", "[TOPIC]")),
    _rule(
        "stop_all", "contact",
        "[CONTACT] FEW(?:VENDAM|NOT [WISH NEED])FILL[ANGER STOP]?END",
"[DONT NEGATE] SEND",
        "[SEND MESSAGE GET] VENDAM",
        "^[ME MY IT YOU]*[ADVERT MESSAGE SUBSCRIPTION]+ DONT(?: SEND)?FILL$",
        "[DONT NEGATE] SEND",
        "CANYOU?NOT (?:UNKNOWN )?[SEND MESSAGE BOTHER]",
        "DONT MESSAGE",
    ),
)  # fmt: skip

STOP_WORDS = (
    _rule("other", "another_matter", "^[ME MORE]*MORELEAVE THING", without="LIST MESSAGE ADVERT SEND"),
    _rule("stop_all", "keyword", "CANBEFORE[STOP LEAVE]AFTEREND", without="IF HOW THEY WHEN WHY TIME TOPIC"),
    _rule("hold", "asks_about_stopping", "^BEFORE[ENDS]AFTERASKED"),
    _rule(
        "stop_all", "keyword",
        "^BEFORE[STOP LEAVE]AFTER$",
        "^[ME MY YOU IT MORE WISH CAN]*CANCEL[ME MY YOU IT MORE DAY CANCEL CAN]*$",
        "^FILLREPLY [ENDS]FILL$",
    ),
    _rule("hold", "asks_about_stopping", having=("LEAVE", "[IF HOW THEY TIME ONLY WHEN WHY ASKED]")),
    _rule("hold", "asks_about_stopping", "^[ME MY YOU IT MORE CAN WISH]*HOW[ME MY YOU IT MORE CAN WISH]*CANCEL SMALLEND"),
    _rule("stop_all", "keyword", "LEAVE"),
    _rule("hold", "partial", "STOP [UNKNOWN TOPIC]{1,2} ONLYEND"),
    _rule("hold", "undecided", "[CONTACT OFTEN ANGER].*STOP AFTEREND"),
    _rule("other", "another_matter", "STOP[UNKNOWN IT MY MORE YOU CAN]{0,2}[TOPIC DIGITS]", "[TOPIC].*STOP"),
    _rule("hold", "asks_about_stopping", having=("STOP", "[IF HOW THEY TIME ONLY SAY REPLY WHY OFTEN PAUSE]")),
    _rule("hold", "undecided", "^[ANGER WISH CAN NEED ME MY YOU IT MORE NO]*STOP"),
    _rule("other", "another_matter", "[MORE NOT]STOP"),
    _rule("other", "another_matter", having=("STOP", "WHEN")),
    _rule("hold", "undecided", "STOP"),
    _rule("hold", "wants_out", "^[ME WISH CAN]*OUT FILLEND"),
    _rule("hold", "partial", "NO MORE[UNKNOWN DATA ORDER]{1,3}$"),
)  # fmt: skip

REFUSALS = (
    _rule("hold", "no_longer", "^[ME MY THEY MORE UNKNOWN]*[ME MY THEY] MORE?MOVED[UNKNOWN ME MY IT MORE TIME DAY YOU]*$"),
    _rule("hold", "no_longer", "^(?:MORE+MOVED|MOVED[MORE ME MY THING IT])[UNKNOWN ME MY IT MORE YOU THING]{0,2}$"),
    _rule("hold", "child", "^ME(?: ONLY)?(?:UNKNOWN )?DIGITS TIME?(?:UNKNOWN UNKNOWN?)?END", without="ASKED"),
    _rule("hold", "someone_else", "THEY SAY [DONT NOT NEGATE][WISH NEED]*FILLEND"),
    _rule("hold", "bothered", "[MESSAGE ADVERT SEND] FEW BOTHER[ME MY MORE]*$", without="TOPIC"),
    _rule("hold", "partial", "^NOT UNKNOWN? TIMEEND", "ONLY SEND UNKNOWN?ORDEREND", without="ASKED"),
    _rule("hold", "refusal", "^[NO NOT REFUSE]+END"),
    _rule("stop_all", "refusal", "^[ME MY YOU IT MORE CAN LIKE SAY]*(?:[NOT DONT] WISH|NO MORE)[ME MY YOU IT MORE WISH]*$"),
    _rule(
        "hold", "refusal",
        "^[ME MY YOU IT MORE REFUSE ANGER TIME IF]*(?:[NOT DONT NO NEGATE] UNKNOWN?(?:MORE )?[WISH NEED LIKE]*LIKE"
        "|[NOT DONT NO NEGATE](?: MORE)?[WISH NEED]*|NOT TIME|REFUSE|VENDAM|LIKE REFUSE|REFUSE LIKE)"
        "[ME MY YOU IT MORE REFUSE DONT NEGATE]*END",
    ),
    _rule(
        "hold", "refusal",
        "MORE[NOT DONT] WISH UNKNOWN",
        "[NOT DONT] WISH MOREUNKNOWN{1,2}END",
        "[NOT DONT] WISH UNKNOWN{0,2} MOREEND",
        without="TOPIC ASKED",
    ),
    _rule("hold", "refusal", "^SMALLREFUSE[WISH NEED]? PERCEIVE FILLEND"),
    _rule("hold", "bothered", "^[ME MY YOU IT MORE OFTEN]*BOTHER[ME MY IT MORE OFTEN]*END"),
    _rule("hold", "asks_about_stopping", having=("THEY", "[STOP LEAVE]")),
    _rule(
        "hold", "too_often",
        "OFTEN FEW [MESSAGE ADVERT SEND]",
        "[MESSAGE ADVERT SEND] FEW OFTEN",
        "TIME TIME.*[MESSAGE ADVERT SEND]",
        without="TOPIC ASKED",
    ),
    _rule("hold", "too_often", "ONLY.*SEND.*ADVERT", "SEND ADVERT.*ONLY", "SEND OFTENONLY", "CAN [SEND MESSAGE] CANOFTEN"),
    _rule(
        "hold", "too_often",
        "CAN OFTEN [MESSAGE ADVERT SEND]",
        "[NOT DONT NEGATE] OFTENEND",
        "[SEND MESSAGE ADVERT] FEW OFTEN.?OFTEN",
        "OFTENOFTEN ASKED?$",
        "CAN OFTEN (?:NOT)?[MESSAGE ADVERT SEND]",
        "^[ME MY YOU IT MORE CAN]*CANOFTEN+(?:NOT)?[ME MY YOU IT MORE CAN]*END",
        "^NOT OFTENEND",
        "^[ME MY YOU IT MORE REFUSE CAN ONLY]*OFTEN[ME MY YOU IT MORE REFUSE ONLY CAN]*END",
        "NO MORE [OFTEN TIME]",
        "DONTOFTEN+END",
    ),
    _rule(
        "hold", "partial",
        "ONLY.*ADVERT",
        "ADVERT.*ONLY",
        "SEND UNKNOWN?ORDER ONLY",
        "ONLY WISH UNKNOWN?ORDER",
        "[SEND MESSAGE].*[TIME OFTEN] ONLY",
        "[SEND MESSAGE] ONLY.*[TIME OFTEN]",
        "^ASKINGONLY MESSAGE",
        without="THING ASKED",
    ),
    _rule("hold", "refusal", "NOT SEND [MESSAGE ADVERT] MORE", "[NOT DONT]MORE(?:GET|SEND) [MESSAGE ADVERT]", without="TOPIC ASKED"),
    _rule(
        "hold", "partial",
        "[MESSAGE ADVERT SUBSCRIPTION] (?:[DONT NEGATE NOT NO](?: WISH| NEED)?|OUT)$",
        "[SEND MESSAGE] [DONT NOT NEGATE][TIME OFTEN]",
        "^SMALL[NOT DONT NEGATE] TIME UNKNOWN?END",
        "^SMALLCANCEL ONLY FILL$",
        without="TOPIC PLACE FORGET",
    ),
    _rule("hold", "partial", "^[ME MY]*ADVERT NOEND", "^[ME MY]*NOT ADVERT", "TAKE ADVERT", "CANCEL SEND FILLEND"),
    _rule(
        "hold", "pause",
        "^[ME MY YOU IT MORE CAN WISH DAY]*PAUSE DAY?[ME MY YOU IT MORE TIME UNKNOWN DIGITS]*END",
        "^[ME MY YOU IT MORE CAN WISH DAY]*PAUSE DAY? [MESSAGE ADVERT SEND BOTHER]",
        without="TOPIC",
    ),
    _rule(
        "hold", "anger",
        "^SMALLANGER UNKNOWN?MEEND",
        "^SMALLUNKNOWN{0,2}[ANGER BOTHER]END",
        "^[ME MY YOU IT MORE REFUSE OFTEN MESSAGE ADVERT SEND]*ANGER"
        "[ME MY YOU IT MORE REFUSE OFTEN MESSAGE ADVERT SEND ANGER ASKED PERCEIVE ONLY]*END",
    ),
)  # fmt: skip

RULES = (
    *BEGINNING, *THREATS_AND_CONSENT, *RECORDS, *REQUESTS, *WHO_AND_WHY,
    *STOPPING_SOMETHING, *REFUSING_SOMETHING, *STOP_WORDS, *REFUSALS,
)  # fmt: skip
