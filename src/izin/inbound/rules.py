"""The sentences in which people stop, ask and complain, written with kinds of words (``patterns``). Pure data.

The rules are tried in the order of ``RULES`` and the first that matches decides, so what only looks like a stop stands
before what it looks like. Refusals stand in ``rules_refusing``.
"""

from izin.inbound.patterns import rule
from izin.inbound.rules_refusing import REFUSALS, REFUSING_SOMETHING, STOP_WORDS

# "jangan berhenti", "can't stop eating", "don't remove me": what follows shall go on.
KEPT = (
    "(?<!WHY)(?<!IF)(?:[DONT NOT NEGATE]|[DONT NOT][WISH NEED LIKE]+)[ME IT YOU]*[ENDS TAKE](?! [CONTACT])",
    "(?<!WHY)(?<!IF)(?:[DONT NEGATE]|[DONT NOT NEGATE][WISH NEED LIKE]+)[ME IT YOU]*[ENDS TAKE]",
    "(?<!WHY)CANNOT[ME IT]*[STOP CANCEL]",
    "STOP CANNOT$",
)

BEGINNING = (
    rule("resume", "asks_to_return", having=("[ENDS]", "MISTAKE"), without="NUMBER"),
    rule(
        "hold",
        "moved_away",
        "^[ME MY IT MORE NOT NO]*[ME MY THEY][ME MY YOU IT MORE NOT]*MOVED[ME MY YOU IT MORE UNKNOWN DAY TIME]*$",
    ),
    # "why did you stop sending me offers": misses them
    rule("other", "do_not_stop", "^[ME MY IT]*LIKE GET [MESSAGE ADVERT]"),
    rule(
        "other",
        "do_not_stop",
        "^FILL WHY[YOU ME UNKNOWN TIME MORE]*(?:STOP|[NOT DONT]) (?:SEND|GET|ADVERT|MESSAGE)",
        without="NUMBER CONSENT",
    ),
    rule(
        "hold",
        "asks_about_stopping",
        "REPLY [STOP LEAVE].*ASKED",
        "(?:HOW|IF|WHEN).*REPLY [STOP LEAVE]",
        "[WHEN IF]ME(?: WISH)? [STOP LEAVE]",
        without="ORDER",
    ),
    rule(
        "other",
        "another_matter",
        "^FILLWHEN SUBSCRIPTION",
        "CANCEL SUBSCRIPTION UNKNOWN?[TOPIC].*ASKED",
        without="ME WISH",
    ),
    rule("hold", "not_signed_up", "[DONT NOT](?: FORGET)? SUBSCRIPTION(?!MORE)", without="TOPIC"),
    rule(
        "hold",
        "not_signed_up",
        "[DONT NOT CANNOT] FORGET[UNKNOWN ME MY IT MORE]{0,3}(?:SAY|SEND|GET)?[ME MY]*[NUMBER SUBSCRIPTION]",
        "^WHEN TIME?MESUBSCRIPTIONEND",
        without="TOPIC",
    ),
    rule("hold", "refusal", "^SMALL[DONT NOT] WISH (?:GET )?PERCEIVE FILLEND"),
    rule("hold", "asks_about_stopping", having=("LEAVE", "HOW"), without="ORDER THING"),
    rule("other", "reminds", "[DONT NOT CANNOT NEGATE](?: WISH| NEED)? FORGET", "[DONT NOT CANNOT NEGATE] PERCEIVE"),
    rule("hold", "privacy", "PRIVACY", without="HOW WHEN ASKED"),
    rule("other", "excuses", "[DONT NOT] [WISH NEED]+BOTHERYOU"),
    rule("hold", "died", "DEAD", without="THING"),
)

THREATS_AND_CONSENT = (
    rule("stop_all", "complaint", "[SEND MESSAGE](?: UNKNOWN)? MORE.*REPORT"),
    rule("stop_all", "complaint", "MORE [SEND MESSAGE].*REPORT"),
    rule("other", "another_matter", having=("[REPORT OBJECT]", "[TOPIC]"), without="STOP LEAVE MESSAGE"),
    rule("other", "another_matter", "WHEN.*REPORT", "^AUTHORITY SAY"),
    rule("other", "another_matter", "REPORT.*ASKED", without="MESSAGE SEND ADVERT BOTHER YOU NUMBER IT STOP LEAVE MY"),
    rule(
        "hold", "complaint_of_something",
        "REPORT UNKNOWN", "UNKNOWN CAN?REPORT",
        without="YOU IT AUTHORITY MESSAGE ADVERT SEND IF NUMBER BOTHER STOP LEAVE",
    ),
    rule(
        "stop_all", "complaint",
        "[ME IF SEND MESSAGE MORE CAN LEAVE ADVERT AUTHORITY].*REPORT",
        "[MESSAGE SEND IF].*AUTHORITY",
        "REPORT UNKNOWN?[YOU IT NUMBER ADVERT AUTHORITY TIME]",
    ),
    rule("hold", "complaint", "^[ME MY YOU IT MORE ANGER WISH IF OFTEN TIME]*REPORT[ME MY YOU IT MORE ANGER TIME OFTEN REPORT ONLY]*UNKNOWN?END"),
    rule("hold", "complaint", "^ME.*AUTHORITY", "^AUTHORITYME", "AUTHORITYEND", without="TOPIC ASKED"),
    rule("hold", "not_signed_up", "^(?:WHEN [UNKNOWN TIME]?)?ME CONSENT[IT MESSAGE ADVERT ME UNKNOWN]*ASKED", "^WHEN [UNKNOWN TIME]?ME CONSENT", "^[IT MORE DAY UNKNOWN]?ME?SUBSCRIPTION[IT MESSAGE ADVERT]*ASKED$"),
    rule("stop_all", "consent", having=("CONSENT", "[BACK ENDS NOT DONT NO NEGATE TAKE]"), without="TOPIC"),
    rule("stop_all", "objection", "^[ME MY IT WISH YOU]*OBJECT", without="TOPIC"),
)  # fmt: skip

RECORDS = (
    rule("hold", "someone_else", having=("[TAKE LEAVE]", "THEY")),
    rule(
        "other", "delivery",
        "^[CAN WISH MORE IT]*TAKE[ONLY IT MY UNKNOWN]{0,3}THING", "^[CAN WISH IT MY]*THING[MORE IT CAN]*TAKEEND",
        without="NUMBER LIST DATA ME MESSAGE ADVERT SUBSCRIPTION COPY",
    ),
    rule(
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
        "MY(?:NUMBER|MESSAGE|DATA) TAKE",
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
    rule("stop_all", "records", "^[ME IT WISH CAN]*TAKE MEEND", "WISH OUTEND"),
    rule("hold", "records_of_something", "TAKE FEW (?:NUMBER(?!DIGITS)|DATA|LIST)"),
)  # fmt: skip

REQUESTS = (
    rule("help", "asks_for_help", "^[UNKNOWN ME MY YOU IT WISH CAN NEED]{0,4}HELP[NEED UNKNOWN]?END", without="TOPIC THEY"),
    rule("help", "asks_for_help", "^[ME MY YOU IT WISH CAN NEED HOW DAY REPLY MORE SAY]*HELP[ME MY YOU IT WISH CAN NEED DAY REPLY MORE HELP]*END"),
    rule(
        "resume", "asks_to_return",
        "^FILL(?:WRONG [ME SAY REPLY UNKNOWN MESSAGE]{0,2}[ENDS]UNKNOWN?|(?:REPLY|ME) [ENDS] WRONG) ?FILL$",
        "^ASKING[MORE]*START (?:AGAIN)?(?:[SEND SUBSCRIPTION] )?FILLEND",
        "WISH GET AGAIN[MESSAGE ADVERT]?", "WISH AGAIN GET [MESSAGE ADVERT]",
        "^ASKING[SEND ENTER SUBSCRIPTION] UNKNOWN?(?:[MESSAGE ADVERT SUBSCRIPTION LIST] )*AGAIN[MESSAGE ADVERT SUBSCRIPTION LIST ME MY]*END",
        "^ASKINGWISH AGAIN [MESSAGE ADVERT SEND GET]+END",
        "^BACKSTOP", "[STOP LEAVE CANCEL] (?:WRONG|MISTAKE)END",
        "^ASKINGAGAIN [START SEND MESSAGE ADVERT SUBSCRIPTION]+[MESSAGE ADVERT SEND ME MY]*END",
        "^ASKING(?:WISH)?(?:SUBSCRIPTION[ME IT]*MORE|MORE+SUBSCRIPTION)[ME MY MESSAGE ADVERT]*$",
        "^ASKINGSTART AGAIN? ?[MESSAGE ADVERT SEND SUBSCRIPTION ME MY IT]*END",
        "^ASKINGMORE ?SENDEND",
        "^ASKINGWISH (?:MORE|AGAIN|START) ?GET[MESSAGE ADVERT ME MY IT]*END",
        "^ASKINGWISH GET UNKNOWN?[MESSAGE ADVERT ME MY IT]*AGAINEND",
        "[WISH CAN] GET [MESSAGE ADVERT] (?:MORE|AGAIN)",
        "^AGAIN SUBSCRIPTIONEND",
        "^ASKINGSEND(?:MORE|AGAIN)+[MESSAGE ADVERT] FILL$",
        without="NUMBER THEY NOT DONT NO NEGATE OFTEN WHY THING ORDER PAUSE",
    ),
    rule(
        "my_data", "asks_for_data",
        "^ASKING[HOW WHEN UNKNOWN YOU]{0,2}[HOLD COPY]? (?:UNKNOWN )?(?:MY|ME )+DATA[UNKNOWN CAN YOU HOLD COPY]{0,3}END",
        "^ASKING[COPY PERCEIVE GET SEND WISH] UNKNOWN{0,2} (?:[ME MY]DATA|DATA (?:COPY|[ME MY]))$",
        "^UNKNOWN{0,2}YOU?UNKNOWN?COPY ME+END", "^ASKINGCOPY ME+END", "^YOU COPYEND",
        "^ASKING[SEND PERCEIVE SAY GET]MEITYOU?COPY",
        "DATA[UNKNOWN IT]{0,3}[YOU HOLD]+[UNKNOWN IT]{0,2}(?:ME|COPY|END)",
        "DATA[ME MY]+PLACE?HOLD", "^UNKNOWN{0,2}YOU[ME IT]?COPY|^PERCEIVE (?:[ME MY])?DATA$",
        "DATA COPY",
        "^ASKINGPERCEIVE[IT UNKNOWN ME MY]{0,3}YOU?(?:HOLD|COPY)[ME MY]*END",
        "^DATA[ME MY]+LISTEND",
        "COPY HOLD[ME MY]",
        without="TAKE ENDS NOT DONT TOPIC NUMBER",
    ),
    rule("my_data", "asks_for_data", having=("DATA", "[HOLD COPY]"), without="TAKE ENDS NOT DONT TOPIC"),
    rule("my_data", "asks_for_data", "[HOLD PERCEIVE] COPY", without="TAKE ENDS NOT DONT TOPIC"),
    rule(
        "resume", "asks_to_return",
        "START [SEND MESSAGE GET ADVERT]",
        "[SEND SUBSCRIPTION] AGAIN",
        "(?:WISH GET|SEND) MESSAGE [AGAIN MORE]",
        without="TAKE ENDS NOT DONT TOPIC ASKED WHEN PAUSE",
    ),
    rule("join", "asks_to_join", "^ASKINGWISH SUBSCRIPTION FILLEND", "^HOW[ME CAN]*SUBSCRIPTIONEND"),
    rule("resume", "asks_to_return", "^ASKING[GET SUBSCRIPTION] [MESSAGE ADVERT]?[ME MY]*AGAIN FILLEND"),
)  # fmt: skip

WHO_AND_WHY = (
    rule(
        "other", "another_matter", "WRONG NUMBER[IT MY]*[THING ORDER]", "THING WRONG NUMBER", without="MESSAGE SEND NOT WHO WHY"
    ),
    rule(
        "hold", "wrong_number",
        "WRONG FEW NUMBER",
        "ISNT [NUMBER THEY]",
        "^[ME IT YOU]*ISNT MEEND",
        "NOT[ME MY]+NUMBER",
        "DONT SAY[ME MY]*NUMBER",
        "NOT UNKNOWN{0,2}[NUMBER CALL] MORE",
    ),
    rule("hold", "not_the_person", "^[ME IT]ISNT UNKNOWN{1,3}END"),
    rule(
        "hold", "asks_who",
        "^[ME MY YOU IT MORE DAY WISH CAN PERCEIVE SAY NUMBER MESSAGE ADVERT]*WHO[ME MY YOU IT MESSAGE NUMBER SAY ONLY]*END",
        "[WHY HOW].*NUMBER FEW LIST",
        "^[ANGER UNKNOWN]FILLWHO[YOU IT]*END",
        "WHO SEND[ME IT MESSAGE ADVERT]",
        "^WHYMEEND",
        "^WHY [GET SEND MESSAGE] MESSAGE?END",
    ),
    rule(
        "hold", "asks_who",
        "GET[UNKNOWN ME MY IT]?NUMBER",
        "NUMBER[ME MY IT]*WHO",
        "^(?:WHO|HOW)[UNKNOWN IT YOU GET HOLD SAY]{1,3}[ME MY]+NUMBER",
        "YOU[UNKNOWN GET HOLD SAY]{0,2}[ME MY IT]+NUMBER",
        "[GET HOLD SAY]YOU?(?:[ME MY IT]+NUMBER|NUMBER[ME MY])",
        having="[WHO HOW WHY WHEN]",
        without="TOPIC NOT CANNOT",
    ),
    rule("hold", "asks_why", having=("WHY", "[SEND MESSAGE BOTHER GET]"), without="NOT DONT CANNOT TOPIC STOP DAY"),
)  # fmt: skip

STOPPING_SOMETHING = (
    rule(
        "other",
        "another_matter",
        "[STOP LEAVE][UNKNOWN IT MY ME MORE YOU CAN SAY THEY GET]{0,3}[THING ORDER].*ASKED",
        "[ADVERT SUBSCRIPTION] CANCEL[MORE DAY TIME ORDER]*ASKED",
        without="MESSAGE SEND CALL BOTHER LIST NUMBER REPLY",
    ),
    rule(
        "hold",
        "partial",
        "LEAVE[UNKNOWN IT MY]{0,2}[THING ORDER]END",
        without="MESSAGE ADVERT LIST SEND SUBSCRIPTION ME",
    ),
    rule("hold", "partial", "[ENDS] FEW CALL", without="TOPIC CONTACT"),
    rule("hold", "asks_about_stopping", "^WHENME [ENDS]FILLEND"),
    rule("other", "another_matter", having=("WHEN", "CANCEL"), without="STOP LEAVE"),
    rule("hold", "asks_about_stopping", having=("[ENDS] FEW [CONTACT]", "[IF HOW WHEN WHY]")),
    rule("hold", "partial", having=("STOPPED|.*CANCELLED", "[THEY TIME ONLY PAUSE]")),
    rule(
        "hold",
        "partial",
        "STOPPED.*[TOPIC]",
        "CANCELLED.*[TOPIC]",
        "[STOP LEAVE] [UNKNOWN TOPIC DATA]{1,3}[ADVERT MESSAGE]",
    ),
    rule(
        "stop_all",
        "contact",
        "STOPPED",
        "CANCELLED",
        "^[MESSAGE ADVERT] [STOP LEAVE]",
        "[MESSAGE ADVERT SUBSCRIPTION] [ENDS] UNKNOWN?$",
    ),
)

RULES = (
    *BEGINNING, *THREATS_AND_CONSENT, *RECORDS, *REQUESTS, *WHO_AND_WHY,
    *STOPPING_SOMETHING, *REFUSING_SOMETHING, *STOP_WORDS, *REFUSALS,
)  # fmt: skip
