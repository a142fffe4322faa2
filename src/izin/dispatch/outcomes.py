"""What an answer makes of a message: its next state. Pure."""

from izin.dispatch.letters import Letter, seal_wamid, wamid_index
from izin.dispatch.store import Armed, Outcome
from izin.lib.keyring import OrganisationKeys
from izin.whatsapp.client import Answer
from izin.whatsapp.errors import NO_ANSWER, TRANSPORT, Verdict, classify

STATE_OF_ROW = {"rejected": "rejected", "waiting": "queued", "uncertain": "uncertain"}


def verdict_on(answer: Answer) -> Verdict | None:
    """What to do about an answer; None when the message was accepted under an id."""
    if answer.kind == "accepted":
        return None if answer.message_id else NO_ANSWER
    return TRANSPORT.get(answer.kind) or classify(answer.http_status, answer.code)


def accepted(armed: Armed, letter: Letter, answer: Answer, keys: OrganisationKeys) -> Outcome:
    """WhatsApp took it, and named it."""
    wamid = answer.message_id or ""
    return Outcome(
        armed.message_id,
        armed.token or b"",
        "accepted",
        wamid_index=wamid_index(keys, wamid),
        wamid_sealed=seal_wamid(keys, letter.key, armed.message_id, wamid),
    )


def not_accepted(armed: Armed, verdict: Verdict, code: int | None) -> Outcome:
    """WhatsApp refused it, or nobody knows."""
    state = STATE_OF_ROW[verdict.row]
    return Outcome(armed.message_id, armed.token or b"", state, verdict.reason, code, retry_s=verdict.wait_s)


def unreadable(armed: Armed, reason: str) -> Outcome:
    """It could not even be written: damaged ciphertext, or a placeholder without a value."""
    return Outcome(armed.message_id, armed.token or b"", "rejected", reason)


def not_written(armed: Armed, *, withdrawn: bool) -> Outcome:
    """Decided, but no byte left: the person said stop meanwhile, or it became too late and is decided anew."""
    if withdrawn:
        return Outcome(armed.message_id, armed.token or b"", "suppressed", "withdrawn")
    return Outcome(armed.message_id, armed.token or b"", "queued", "late")
