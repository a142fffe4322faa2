"""What one answer of WhatsApp means for the message, the lane and the campaign.

Pure. By Meta's ``error.code`` (page "Error codes": "around code and details, not HTTP status"); the HTTP status only
where there is no code we know. A code that is in no row stops the lane: a machine must not guess about people's phones.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["accepted", "rejected", "retry", "retry_pair", "withdrawn", "hold_lane", "template_stop", "uncertain"]
Row = Literal["accepted", "rejected", "waiting", "uncertain"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` says what to do, ``row`` in which state the message goes, ``wait_s`` how long until it may go again.

    retry: the lane slows down · retry_pair: only this person waits · withdrawn: the person said stop to WhatsApp, which
    is a withdrawal (Art. 7(3), PDPA s.38) · hold_lane: nothing more leaves this number until a person looks ·
    template_stop: pause the campaign · uncertain: it may have left, never send it again by itself.
    ``pauses_if_repeated``: a refusal that is our own mistake; three of the same in a row pause the campaign.
    """

    kind: Kind
    reason: str
    row: Row
    wait_s: float = 0.0
    pauses_if_repeated: bool = False


def _rejected(reason: str, *, ours: bool = False) -> Verdict:
    return Verdict("rejected", reason, "rejected", pauses_if_repeated=ours)


def _retry(reason: str, wait_s: float) -> Verdict:
    return Verdict("retry", reason, "waiting", wait_s)


def _hold(reason: str) -> Verdict:
    return Verdict("hold_lane", reason, "waiting")


def _template_stop(reason: str) -> Verdict:
    return Verdict("template_stop", reason, "rejected")


def _failed_at_meta(reason: str) -> Verdict:
    # Meta says that it failed, and has been seen to deliver all the same: first listen for the status.
    return Verdict("uncertain", reason, "uncertain", 600.0)


ACCEPTED = Verdict("accepted", "accepted", "accepted")
NO_ANSWER = Verdict("uncertain", "no_answer", "uncertain")
NOT_SENT = Verdict("retry", "not_sent", "waiting", 2.0)
UNKNOWN_CODE = Verdict("hold_lane", "unknown_code", "uncertain")
THROTTLED = _retry("throttled", 1.0)

# What the client says when there was no answer of Meta's at all.
TRANSPORT: dict[str, Verdict] = {"not_sent": NOT_SENT, "no_answer": NO_ANSWER}

VERDICTS: dict[int, Verdict] = {
    # throttle: the whole sender
    4: _retry("app_rate_limit", 60.0),
    613: _retry("app_rate_limit", 60.0),
    80007: _retry("account_rate_limit", 60.0),
    130429: THROTTLED,
    131048: _retry("spam_rate_limit", 3600.0),
    131057: _retry("maintenance", 90.0),
    133004: _retry("server_unavailable", 60.0),
    # throttle: this person
    131056: Verdict("retry_pair", "pair_rate_limit", "waiting", 60.0),
    # the person said stop
    131050: Verdict("withdrawn", "user_stopped", "rejected"),
    # this person, this time
    131049: _rejected("ecosystem"),
    130472: _rejected("experiment"),
    130403: _rejected("blocked_by_us"),
    131021: _rejected("own_number"),
    131026: _rejected("undeliverable"),
    131030: _rejected("not_a_test_number"),
    131047: _rejected("window_closed"),
    131062: _rejected("user_id_unsupported"),
    137000: _rejected("identity_changed"),
    # One country may be closed to us while the others are open: the campaign pauses only if it spreads.
    130497: _rejected("country_restricted", ours=True),
    # our request is wrong
    100: _rejected("invalid_parameter", ours=True),
    131008: _rejected("missing_parameter", ours=True),
    131009: _rejected("invalid_value", ours=True),
    131051: _rejected("unsupported_type", ours=True),
    131052: _rejected("media_download", ours=True),
    131053: _rejected("media_upload", ours=True),
    132000: _rejected("parameter_count", ours=True),
    132005: _rejected("text_too_long", ours=True),
    132008: _rejected("parameter_value", ours=True),
    132012: _rejected("parameter_format", ours=True),
    132018: _rejected("template_parameters", ours=True),
    # the template, for everybody
    131055: _template_stop("endpoint_for_marketing_only"),
    131061: _template_stop("needs_marketing_endpoint"),
    131063: _template_stop("marketing_disabled_here"),
    132001: _template_stop("template_missing"),
    132007: _template_stop("template_policy"),
    132015: _template_stop("template_paused"),
    132016: _template_stop("template_disabled"),
    132068: _template_stop("flow_blocked"),
    132069: _template_stop("flow_throttled"),
    134100: _template_stop("endpoint_for_marketing_only"),
    134101: _template_stop("template_syncing"),
    # the account, for everybody: the message did not leave and waits
    0: _hold("not_authenticated"),
    3: _hold("no_permission"),
    10: _hold("no_permission"),
    33: _hold("number_deleted"),
    190: _hold("token_expired"),
    **dict.fromkeys(range(200, 300), _hold("no_permission")),
    368: _hold("account_restricted"),
    131005: _hold("no_permission"),
    131031: _hold("account_locked"),
    131037: _hold("display_name_missing"),
    131042: _hold("payment"),
    131045: _hold("registration"),
    131064: _hold("category_violations"),
    **dict.fromkeys((133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016), _hold("registration")),
    134011: _hold("payment_terms"),
    134102: _hold("marketing_not_onboarded"),
    # Meta's own failure
    1: _failed_at_meta("unknown_at_meta"),
    2: _failed_at_meta("temporary_at_meta"),
    131000: _failed_at_meta("unknown_at_meta"),
    131016: _failed_at_meta("temporary_at_meta"),
    135000: _failed_at_meta("unknown_at_meta"),
}


def classify(http_status: int | None, code: int | None) -> Verdict:
    """The verdict on an answer that is not an acceptance, or on the error code of a ``failed`` status."""
    if code is not None and code in VERDICTS:
        return VERDICTS[code]
    if http_status == 429:  # Graph's own throttle comes with codes of all kinds
        return THROTTLED
    return NO_ANSWER if code is None else UNKNOWN_CODE


EXPLANATIONS: dict[int, tuple[str, str]] = {
    0: (
        "WhatsApp tidak mengenali kunci akses. Masukkan kunci baharu.",
        "WhatsApp does not know the access token. Enter a new one.",
    ),
    100: (
        "Permintaan tidak betul. Semak templat dan nilainya.",
        "The request is wrong. Check the template and its values.",
    ),
    190: (
        "Kunci akses sudah tamat tempoh. Masukkan kunci baharu.",
        "The access token has expired. Enter a new one.",
    ),
    368: (
        "Akaun WhatsApp disekat kerana dasar. Lihat WhatsApp Manager.",
        "The WhatsApp account is restricted for policy reasons. See WhatsApp Manager.",
    ),
    130429: (
        "Terlalu laju. Penghantaran diperlahankan.",
        "Too fast. Sending has been slowed down.",
    ),
    130472: (
        "Orang ini dalam kajian WhatsApp dan tidak menerima promosi.",
        "This person is in a WhatsApp experiment and gets no marketing.",
    ),
    130497: (
        "WhatsApp tidak membenarkan mesej ke negara ini.",
        "WhatsApp does not let you message people in this country.",
    ),
    131026: (
        "Nombor ini tidak boleh menerima mesej WhatsApp.",
        "This number cannot receive WhatsApp messages.",
    ),
    131031: (
        "Akaun WhatsApp dikunci. Hubungi sokongan Meta.",
        "The WhatsApp account is locked. Contact Meta's support.",
    ),
    131042: (
        "Ada masalah bayaran di Meta. Betulkan kaedah bayaran.",
        "There is a payment problem at Meta. Put the payment method right.",
    ),
    131047: (
        "Lebih 24 jam sejak mesej terakhir orang ini. Guna templat.",
        "More than 24 hours since this person's last message. Use a template.",
    ),
    131048: (
        "WhatsApp mengehadkan nombor ini kerana aduan spam. Tunggu dan semak kandungan.",
        "WhatsApp limits this number because of spam reports. Wait, and look at the content.",
    ),
    131049: (
        "Orang ini sudah menerima banyak promosi. Jangan cuba lagi dalam 24 jam.",
        "This person has had enough marketing for now. Do not try again within 24 hours.",
    ),
    131050: (
        "Orang ini memberhentikan promosi melalui WhatsApp. Kebenarannya telah ditarik balik.",
        "This person stopped marketing in WhatsApp. The consent has been withdrawn.",
    ),
    131053: (
        "Fail media tidak dapat dimuat. Muat naik semula.",
        "The media file could not be loaded. Upload it again.",
    ),
    131056: (
        "Terlalu banyak mesej kepada orang ini. Mesej menunggu.",
        "Too many messages to this person. The message waits.",
    ),
    131064: (
        "Akaun dihadkan kerana kategori templat salah. Tunggu sehingga Meta membukanya.",
        "The account is limited because templates had the wrong category. Wait until Meta lifts it.",
    ),
    132000: (
        "Bilangan nilai tidak sama dengan templat.",
        "The number of values differs from the template.",
    ),
    132001: (
        "Templat tiada dalam bahasa ini atau belum diluluskan.",
        "The template does not exist in this language or is not approved.",
    ),
    132007: (
        "Templat melanggar dasar WhatsApp. Ubah kandungannya.",
        "The template breaks WhatsApp's policy. Change its content.",
    ),
    132015: (
        "Templat dijeda kerana kualiti rendah. Kempen menunggu.",
        "The template is paused for low quality. The campaign waits.",
    ),
    132016: (
        "Templat ditutup selamanya. Buat templat baharu.",
        "The template is disabled for good. Make a new one.",
    ),
    133010: (
        "Nombor penghantar belum didaftarkan.",
        "The sender number is not registered.",
    ),
}


def explain(code: int | None, language: str) -> str:
    """One plain sentence for staff in Malay (``ms``) or English (any other)."""
    malay = language.partition("-")[0].partition("_")[0] == "ms"
    if code is None:
        return "WhatsApp tidak menjawab." if malay else "WhatsApp did not answer."
    if code in EXPLANATIONS:
        return EXPLANATIONS[code][0 if malay else 1]
    return f"WhatsApp menolak dengan kod {code}." if malay else f"WhatsApp refused with code {code}."
