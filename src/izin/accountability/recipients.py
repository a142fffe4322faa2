"""The register of recipients: enter one, end one. What stands in it, the privacy policy must name."""

from izin.accountability.models import Recipient
from izin.consent.models import Purpose
from izin.ledger import log
from izin.ledger.chain import canonical, leaf_hash
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.notices.countries import COUNTRIES
from izin.organisations.models import Organisation
from izin.organisations.scope import current


def register(
    name: str,
    *,
    kind: Recipient.Kind,
    country: str,
    role: dict[str, str],
    contract: str,
    ground: Recipient.Ground,
    safeguards: dict[str, str],
    purpose: Purpose | None = None,
) -> Recipient:
    """A recipient in the register. ``country`` is an ISO 3166 code; texts are per language.

    Raises IzinError without a contract, for an unknown country, for data that leave the country without a ground and
    safeguards (GDPR Art. 44-46; PDPA s.129), and for a third party without the purpose that people agree to.
    """
    if not contract.strip():
        raise IzinError("Name the contract or the order under which this recipient gets data.")
    if country not in COUNTRIES:
        raise IzinError(f"“{country}” is not a country that Izin knows by name.")
    if country != Organisation.objects.get(id=current()).country:
        if ground == Recipient.Ground.HOME:
            raise IzinError("Data that leave the country need a ground: choose which one.")
        if not all(safeguards.get(language, "").strip() for language in ("ms", "en")):
            raise IzinError("Say in both languages what protects the data in that country.")
    if kind == Recipient.Kind.THIRD_PARTY and purpose is None:
        raise IzinError("A third party gets data only of people who agreed to that: choose the purpose.")
    row = Recipient.objects.create(
        name=name,
        kind=kind,
        country=country,
        role_ms=role["ms"],
        role_en=role["en"],
        contract=contract,
        ground=ground,
        safeguards_ms=safeguards.get("ms", ""),
        safeguards_en=safeguards.get("en", ""),
        purpose=purpose,
        registered_at=now(),
    )
    log.append(
        "recipient.registered",
        {
            "recipient": str(row.id),
            "kind": str(kind),
            "country": country,
            "ground": str(ground),
            "purpose": purpose.key if purpose else None,
            "digest": leaf_hash(canonical({"name": name, "role": role, "contract": contract})).hex(),
        },
    )
    return row


def end(row: Recipient) -> None:
    """Nothing more is given to this recipient; what was given stays in the register. Twice is as once."""
    if Recipient.objects.filter(id=row.id, ended_at=None).update(ended_at=now()):
        log.append("recipient.ended", {"recipient": str(row.id)})
    row.refresh_from_db()


def active() -> list[Recipient]:
    """The recipients that get data today."""
    return list(Recipient.objects.select_related("purpose").filter(ended_at=None))
