"""Who may call: token, its scopes and its end, the proof of the app secret, and how many calls an hour. Pure."""

import hashlib
import hmac

from izin_simulator.config import Config
from izin_simulator.errors import GraphError
from izin_simulator.limits import Rolling

MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"
_HOUR_S = 3600.0
_ACTIVE_PER_HOUR = 5000
_INACTIVE_PER_HOUR = 200
_CREATIONS_PER_HOUR = 100


class Access:
    """The Graph API's own door. Times are simulated epoch seconds."""

    def __init__(self, config: Config) -> None:
        self._token = config.access_token
        self._facts = config.token
        self._require_proof = config.require_appsecret_proof
        self._bearer = f"Bearer {config.access_token}"
        self._proof = hmac.new(config.app_secret.encode(), config.access_token.encode(), hashlib.sha256).hexdigest()
        active = any(number.registered for number in config.phone_numbers)
        per_hour = config.management_per_hour or (_ACTIVE_PER_HOUR if active else _INACTIVE_PER_HOUR)
        self._account_calls = Rolling(per_hour, _HOUR_S)
        self._app_calls = Rolling(per_hour, _HOUR_S)
        self._creations = Rolling(_CREATIONS_PER_HOUR, _HOUR_S)

    def authorise(self, headers: dict[str, str], query: dict[str, str], scope: str, at: float) -> None:
        """Raise GraphError 190 (HTTP 401) without the token, 100 for a wrong proof, 10 (403) without the scope."""
        given = headers.get("authorization") or f"Bearer {query.get('access_token', '')}"
        if not hmac.compare_digest(given.encode(), self._bearer.encode()):
            raise GraphError(190)
        if self._facts.expires_at and at >= self._facts.expires_at:
            raise GraphError(190, subcode=463)
        proof = query.get("appsecret_proof")
        if proof is None and self._require_proof:
            raise GraphError(100, "API calls from the server require an appsecret_proof argument.")
        if proof is not None and not hmac.compare_digest(proof.encode(), self._proof.encode()):
            raise GraphError(100, "Invalid appsecret_proof provided in the API argument.")
        if scope not in self._facts.scopes:
            raise GraphError(10, f"The token lacks the permission {scope}.")

    def count_account_call(self, at: float) -> None:
        """Count a call about the business account; raise GraphError 80007 above the limit of the hour."""
        if not self._account_calls.take(at):
            raise GraphError(80007, "There have been too many calls to this WhatsApp Business account in an hour.")

    def count_app_call(self, at: float) -> None:
        """Count a call about the app; raise GraphError 4 above the limit of the hour."""
        if not self._app_calls.take(at):
            raise GraphError(4)

    def count_creation(self, at: float) -> None:
        """Count the creation of a template; raise GraphError 80007 above 100 in an hour."""
        if not self._creations.take(at):
            raise GraphError(80007, "At most 100 templates can be created in an hour.")

    def usage(self, at: float) -> dict[str, int | str]:
        """Return what the header `X-Business-Use-Case-Usage` says: per cent used, minutes until there is room."""
        return {
            "type": MANAGEMENT,
            "call_count": 100 * self._account_calls.used(at) // self._account_calls.limit,
            "total_cputime": 0,
            "total_time": 0,
            "estimated_time_to_regain_access": round(self._account_calls.regained_in(at) / 60),
        }

    def of_token(self, token: str, at: float) -> dict[str, object]:
        """Return what `debug_token` says of any token."""
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return {"error": {"code": 190, "message": "Invalid OAuth access token."}, "is_valid": False, "scopes": []}
        expired = bool(self._facts.expires_at) and at >= self._facts.expires_at
        return {
            "type": self._facts.type,
            "is_valid": not expired,
            "expires_at": self._facts.expires_at,
            "data_access_expires_at": 0,
            "scopes": list(self._facts.scopes),
        }
