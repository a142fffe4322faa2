"""Meta's errors: codes, HTTP statuses, titles and the exact body of an error answer. Pure."""

from typing import Any

# code → (HTTP status, title), after Meta's "Error codes" page.
KNOWN: dict[int, tuple[int, str]] = {
    0: (401, "AuthException"),
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    3: (500, "API Method"),
    4: (400, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    33: (400, "Parameter value is not valid"),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token"),
    200: (403, "Provide valid app ID"),
    368: (403, "Temporarily blocked for policies violations"),
    613: (429, "Calls to this api have exceeded the rate limit"),
    2200: (400, "Callback verification failed"),
    80007: (400, "Rate limit issues"),
    130403: (400, "User is blocked by the business"),
    130429: (400, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (403, "Business account is restricted from messaging users in this country"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131031: (403, "Business Account locked"),
    131037: (400, "Display name approval needed"),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement."),
    131050: (
        400,
        "Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp "
        "from your business",
    ),
    131051: (400, "Unsupported message type"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Business Account is in maintenance mode"),
    131059: (400, "Invalid paging cursor"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132007: (400, "Template format character policy violated"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    132018: (400, "There is an issue with the parameters in your template"),
    133004: (503, "Server temporarily unavailable"),
    133010: (400, "Phone number not registered"),
    135000: (400, "Generic user error"),
    137000: (400, "Recipient identity key hash mismatch"),
}

# What Meta says in error_data.details of a failed status.
FAILURE_DETAILS: dict[int, str] = {
    131026: "Message Undeliverable.",
    131049: "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    131050: "The recipient has chosen to stop receiving marketing messages from this business.",
}

_WITHOUT_NUMBER_IN_MESSAGE = {190, 200}


def title_of(code: int) -> str:
    """Return Meta's title of an error code, a general one for a code that is not in the table."""
    return KNOWN.get(code, (400, "Something went wrong"))[1]


class GraphError(Exception):
    """A request that Meta would refuse. `details` never contains a number, a name or a message text."""

    def __init__(self, code: int, details: str = "", *, http: int | None = None, subcode: int | None = None) -> None:
        super().__init__(f"{code} {details}")
        self.code = code
        self.http = http or KNOWN.get(code, (400, ""))[0]
        self.details = details
        self.subcode = subcode

    def body(self, fbtrace_id: str) -> dict[str, Any]:
        """Return the JSON body of the error answer. `error_data` is absent where there are no details (as with 190)."""
        title = title_of(self.code)
        error: dict[str, Any] = {
            "message": title if self.code in _WITHOUT_NUMBER_IN_MESSAGE else f"(#{self.code}) {title}",
            "type": "OAuthException",
            "code": self.code,
        }
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        error["fbtrace_id"] = fbtrace_id
        return {"error": error}
