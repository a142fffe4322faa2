"""A receipt in the words of the W3C Data Privacy Vocabulary 2.3, with the fields of ISO/IEC TS 27560. Pure.

Every list is a list, since a repeated name is silently lost; what is Izin's own stands under ``izin:``. The profile is
``dpv-27560`` for the GDPR, in which lawful basis, rights and the like are mandatory too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-eu": "https://w3id.org/dpv/legal/eu#",
    "legal-my": "https://w3id.org/dpv/legal/my#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "izin": "urn:izin:term:",
}
PROFILE = "https://w3id.org/dpv/schema/dpv-27560"
RIGHTS = ("A7-3", "A15", "A16", "A17", "A18", "A20", "A21", "A77")
WHATSAPP = "urn:izin:party:whatsapp"
STATUS = {"given": "dpv:ConsentGiven", "attested": "dpv:ConsentGiven"}
METHODS = {
    "web_form": "boxes ticked on the organisation's page, then a code sent from the person's own WhatsApp number",
    "qr": "by a QR code",
    "paper": "on a paper form",
    "counter": "at the counter",
    "call": "in a phone call",
}


@dataclass(frozen=True, slots=True)
class Party:
    """The controller as it names itself."""

    id: str
    name: str
    address: str
    contact: tuple[str, ...]
    country: str
    url: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """One purpose agreed to: who, when, how, to which words."""

    id: str
    subject: str
    act: str
    at: str
    until: str
    method: str
    purpose: str
    purpose_name: str
    category: str
    days: int
    notice: str
    digest: str
    language: str
    texts: Mapping[str, str]
    withdraw_at: str


def receipt(
    identifier: str, created: str, controller: Party, agreed: Sequence[Agreed], proof: Mapping[str, Any]
) -> dict[str, Any]:
    """The receipt as JSON-LD, without its seal."""
    return {
        "@context": CONTEXT,
        "@id": f"urn:izin:receipt:{identifier}",
        "@type": "dpv:ConsentReceipt",
        "dct:identifier": identifier,
        "dct:conformsTo": {"@id": f"{PROFILE}#receipt-eu-gdpr"},
        "dct:created": _time(created),
        "dct:publisher": {"@id": controller.id},
        "dct:audience": {"@id": f"urn:uuid:{agreed[0].subject}"},
        "dpv:hasRecordOfActivity": [_record(one, controller) for one in agreed],
        "izin:proof": dict(proof),
    }


def _record(agreed: Agreed, controller: Party) -> dict[str, Any]:
    return {
        "@id": f"urn:uuid:{agreed.id}",
        "@type": "dpv:ConsentRecord",
        "dct:identifier": agreed.id,
        "dct:conformsTo": {"@id": f"{PROFILE}#record-eu-gdpr"},
        "dpv:hasDataSubject": {
            "@id": f"urn:uuid:{agreed.subject}",
            "@type": "dpv:DataSubject",
            "dct:identifier": agreed.subject,
        },
        "dpv:hasEntity": [_controller(controller), _whatsapp()],
        "dpv:hasNotice": [_notice(agreed)],
        "dpv:hasProcess": [_process(agreed, controller)],
        "dpv:hasConsentControl": [
            {
                "@type": "dpv:WithdrawConsent",
                "dpv:isExercisedAt": [agreed.texts.get("withdraw", ""), {"@id": agreed.withdraw_at}],
            }
        ],
        "dpv:hasRight": [{"@id": f"eu-gdpr:{right}"} for right in RIGHTS],
        "dpv:hasConsentStatus": [
            {
                "@type": [STATUS[agreed.act], "dpv:ExpressedConsent"],
                "dpv:isIndicatedAtTime": _time(agreed.at),
                "dpv:isIndicatedBy": {"@id": f"urn:uuid:{agreed.subject}"},
                "dpv:hasIndicationMethod": METHODS.get(agreed.method, agreed.method),
                "dpv:hasDuration": {"@type": "dpv:UntilTimeDuration", "rdf:value": agreed.until},
            }
        ],
        "izin:purpose": agreed.purpose,
    }


def _notice(agreed: Agreed) -> dict[str, Any]:
    return {
        "@id": f"urn:sha256:{agreed.digest}",
        "@type": "dpv:ConsentNotice",
        "dct:identifier": agreed.notice,
        "dct:language": agreed.language,
        "dct:description": {"@language": agreed.language, "@value": agreed.texts.get("statement", "")},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": agreed.digest,
        },
    }


def _process(agreed: Agreed, controller: Party) -> dict[str, Any]:
    kind = "dpv:DirectMarketing" if agreed.category == "MARKETING" else "dpv:ServiceProvision"
    laws = ["legal-eu:law-GDPR"] + (["legal-my:law-PDPA"] if controller.country == "MY" else [])
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": {"@type": "dpv:Purpose", "dct:title": agreed.purpose_name, "skos:broader": {"@id": kind}},
        "dpv:hasLegalBasis": {"@id": "eu-gdpr:A6-1-a"},
        "dpv:hasDataController": {"@id": controller.id},
        "dpv:hasPersonalData": [
            {"@type": "pd:TelephoneNumber", "dpv:hasNecessity": {"@id": "dpv:Required"}},
            {"@type": "pd:Name", "dpv:hasNecessity": {"@id": "dpv:Optional"}},
        ],
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageLocation", "dpv:hasLocation": {"@id": f"loc:{controller.country}"}},
            {
                "@type": "dpv:StorageDuration",
                "dpv:hasDuration": {"@type": "dpv:UntilEventDuration", "rdf:value": agreed.texts.get("retention", "")},
            },
        ],
        "dpv:hasRecipient": [{"@id": WHATSAPP}],
        "dpv:hasJurisdiction": [{"@id": f"loc:{controller.country}"}],
        "dpv:hasApplicableLaw": [{"@id": law} for law in laws],
    }


def _controller(controller: Party) -> dict[str, Any]:
    return {
        "@id": controller.id,
        "@type": ["dpv:DataController", "dpv:Organisation"],
        "dct:identifier": controller.id,
        "dpv:hasName": controller.name,
        "dpv:hasAddress": controller.address,
        "dpv:hasContact": [one for one in controller.contact if one],
        "izin:url": controller.url,
    }


def _whatsapp() -> dict[str, Any]:
    return {
        "@id": WHATSAPP,
        "@type": ["dpv:DataProcessor", "dpv:Recipient"],
        "dct:identifier": "whatsapp-business-platform",
        "dpv:hasName": "WhatsApp Business Platform (Meta)",
        "dpv:hasAddress": "as in the WhatsApp Business Terms",
        "dpv:hasContact": ["https://www.whatsapp.com/contact"],
    }


def _time(at: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": at}
