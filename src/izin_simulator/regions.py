"""What WhatsApp decides by dialling code: the United States, regions without a marketing cap, odd wa_ids. Pure."""

# Area codes of the North American plan that are not in the United States: Canada, the Caribbean, shared services.
_NOT_US = """
204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 460
468 474 506 514 519 537 548 579 581 584 587 600 604 613 622 639 647 672 683 705 709 742 753 778 780
782 807 819 825 867 873 879 902 905 942 242 246 264 268 284 345 441 473 649 658 664 721 758 767 784
809 829 849 868 869 876 500 521 522 533 544 566 577 588 700 710 800 833 844 855 866 877 888 900
"""
_ELSEWHERE = frozenset(_NOT_US.split())
# The EEA, the United Kingdom, Japan and South Korea.
_UNCAPPED = (
    *("30", "31", "32", "33", "34", "36", "39", "40", "43", "44", "45", "46", "47", "48", "49"),
    *("351", "352", "353", "354", "356", "357", "358", "359", "370", "371", "372", "385", "386", "420", "421", "423"),
    *("81", "82"),
)
_COUNTRIES = {
    "1": "US",
    "31": "NL",
    "33": "FR",
    "34": "ES",
    "39": "IT",
    "44": "GB",
    "49": "DE",
    "52": "MX",
    "55": "BR",
    "60": "MY",
    "62": "ID",
    "63": "PH",
    "65": "SG",
    "66": "TH",
    "81": "JP",
    "82": "KR",
    "91": "IN",
    "94": "LK",
    "598": "UY",
}


def in_united_states(digits: str) -> bool:
    """Say whether the number has the dialling code +1 and an area code of the United States."""
    return digits.startswith("1") and len(digits) == 11 and digits[1:4] not in _ELSEWHERE


def capped_by_whatsapp(digits: str) -> bool:
    """Say whether WhatsApp caps marketing per person where this number is from."""
    return not digits.startswith(_UNCAPPED)


def country_of(digits: str) -> str:
    """Return the country for a business-scoped user id: ISO 3166, XX for one that is not listed here."""
    found = _COUNTRIES.get(digits[:2]) or _COUNTRIES.get(digits[:3]) or _COUNTRIES.get(digits[:1])
    return found or "XX"


def wa_id_of(digits: str) -> str:
    """Return WhatsApp's own id of a number: not what was dialled in Mexico and in most of Brazil."""
    if not digits.startswith(("52", "55")):
        return digits
    if digits.startswith("52") and len(digits) == 12:
        return "521" + digits[2:]
    if digits.startswith("55") and len(digits) == 13 and digits[4] == "9" and digits[2:4] > "30":
        return digits[:4] + digits[5:]
    return digits
