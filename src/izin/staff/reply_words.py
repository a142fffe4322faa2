"""What a reply seems to mean, and why the machine thinks so, in words. A rule without a sentence gets a general one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INTENTS: dict[str, str | Promise] = {
    "stop_all": _("wants no more messages"),
    "stop_purpose": _("wants no more of one kind of messages"),
    "hold": _("may want to stop"),
    "confirm": _("says yes"),
    "join": _("wants to join"),
    "help": _("asks for help"),
    "my_data": _("asks about their data"),
    "resume": _("wants to come back"),
    "other": _("ordinary talk"),
}
BECAUSE: dict[str, str | Promise] = {
    "anger": _("angry words, and nothing else."),
    "another_matter": _("the stop word is about something else, such as an order or a shop."),
    "asks_about_stopping": _("asks about stopping, or how it is done."),
    "asks_for_data": _("asks which data are kept."),
    "asks_to_join": _("asks how to join."),
    "asks_to_return": _("asks to get messages again. Only joining anew gives consent."),
    "asks_who": _("asks who is writing, or where the number is from."),
    "asks_why": _("asks why they get messages."),
    "bothered": _("says that the messages bother them."),
    "button": _("pressed a button of our message."),
    "code": _("sent the code of the join page."),
    "complaint": _("complains, or says that they will report it."),
    "consent": _("takes the consent back, or says that there was none."),
    "contact": _("asks not to be written to."),
    "died": _("somebody seems to have died."),
    "do_not_stop": _("asks not to stop."),
    "emoji": _("a stop sign or a refusing gesture."),
    "empty": _("no words."),
    "excuses": _("says sorry for the bother."),
    "join_or_stop": _("looks like the code of the join page and like a stop word at once."),
    "keyword": _("a keyword such as STOP or BERHENTI."),
    "long": _("too long to be read whole by the machine."),
    "not_signed_up": _("says that they never signed up."),
    "nothing_said": _("nothing about stopping."),
    "objection": _("objects."),
    "other_language": _("a stop word of a language that the person is not known to read."),
    "partial": _("wants less, or only some of it to stop."),
    "pause": _("asks for a pause."),
    "reaction": _("reacted to a message."),
    "records": _("asks to be taken off the list."),
    "refusal": _("says no, without saying to what."),
    "reminds": _("asks not to forget something."),
    "send_only": _("asks not to be sent something."),
    "someone_else": _("may be about another person's number."),
    "too_often": _("says that there are too many messages."),
    "unclear_object": _("does not want something to be sent, and it is not clear what."),
    "undecided": _("a stop word among words that the machine does not know."),
    "wordless": _("a voice note or a picture in answer to a campaign. Listen to it or look at it in WhatsApp."),
    "wrong_number": _("says that the number is wrong."),
}
BECAUSE |= {
    "complaint_of_something": BECAUSE["complaint"],
    "delivery": BECAUSE["another_matter"],
    "not_the_person": BECAUSE["wrong_number"],
}
KINDS: dict[str, str | Promise] = {
    "audio": _("a voice note"),
    "voice": _("a voice note"),
    "image": _("a picture"),
    "video": _("a video"),
    "sticker": _("a sticker"),
    "document": _("a document"),
    "location": _("a place"),
    "contacts": _("a contact card"),
    "reaction": _("a reaction"),
    "system": _("a note by WhatsApp"),
}
SOME_OTHER_RULE = _("by its whole wording.")
SOME_OTHER_KIND = _("something without words")


def meant(intent: str) -> str:
    """What the person seems to want, as the end of "They …"."""
    return str(INTENTS.get(intent, INTENTS["other"]))


def why(because: str) -> str:
    """The reason of the machine, as a sentence's end."""
    return str(BECAUSE.get(because, SOME_OTHER_RULE))


def wordless(kind: str) -> str:
    """What was sent instead of words."""
    return str(KINDS.get(kind, SOME_OTHER_KIND))
