"""What packages above do about a message, once: each enters its verb here, by intent, when Izin starts."""

from collections.abc import Callable

from izin.inbound.models import Delivery
from izin.inbound.understanding import Meaning
from izin.whatsapp.wire import InboundMessage

Hook = Callable[[Delivery, InboundMessage, Meaning], None]
ON_INTENT: dict[str, Hook] = {}
