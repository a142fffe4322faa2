"""The exact body of an error answer. Pure; the codes are in error_table.py."""

from typing import Any

from izin_simulator.error_table import TABLE

_UNKNOWN = (400, "Something went wrong", "")
# These come from the Graph API's own door: no number in the message and no error_data.
_WITHOUT_NUMBER_IN_MESSAGE = {0, 190, 200}


def title_of(code: int) -> str:
    """Return Meta's title of an error code, a general one for a code that is not in the table."""
    return TABLE.get(code, _UNKNOWN)[1]


def details_of(code: int) -> str:
    """Return what the table says in `error_data.details` of this code; empty where Meta sends none."""
    return TABLE.get(code, _UNKNOWN)[2]


class GraphError(Exception):
    """A request that Meta would refuse. `details` never contains a number, a name or a message text.

    With `subcode` and `user_message` it has the further keys of errors about templates.
    """

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        http: int | None = None,
        subcode: int | None = None,
        user_message: str = "",
    ) -> None:
        super().__init__(f"{code} {details}")
        self.code = code
        self.http = http or TABLE.get(code, _UNKNOWN)[0]
        self.details = details or details_of(code)
        self.subcode = subcode
        self.user_message = user_message

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
        if self.user_message:
            error |= {"is_transient": False, "error_user_title": title, "error_user_msg": self.user_message}
        error["fbtrace_id"] = fbtrace_id
        return {"error": error}
