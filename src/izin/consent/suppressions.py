"""Refusals by keyed hash alone: of people who are not in the book, and of those who were erased.

Inside an organisation's scope. ``records`` writes them together with the acts of the people who are in the book.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from izin.consent.models import Purpose, Suppression
from izin.contacts import book
from izin.organisations import bulk


def suppress(refusals: Sequence[tuple[str, bytes, datetime]], purpose: Purpose | None) -> None:
    """Keep each refusal (kind, keyed hash, since when) of this purpose, or of everything.

    Of several under one name the latest counts, in whichever order they arrive.
    """
    held = Suppression.objects.filter(purpose=purpose, index__in=[index for _, index, _ in refusals])
    held_since = {(kind, bytes(index)): since for kind, index, since in held.values_list("kind", "index", "since")}
    Suppression.objects.bulk_create(
        [
            Suppression(kind=kind, index=index, purpose=purpose, since=at)
            for kind, index, at in refusals
            if held_since.get((kind, index), at) <= at
        ],
        update_conflicts=True,
        unique_fields=["organisation", "kind", "index", "purpose"],
        update_fields=["since", "until_decided"],
    )


def suppress_numbers(refusals: Mapping[str, datetime]) -> None:
    """Refuse E.164 numbers of people who are not in the book, each since its moment, e.g. as a file marks them."""
    suppress([("phone", book.suppression_index("phone", number), since) for number, since in refusals.items()], None)


def suppressed_among(numbers: Iterable[str], purpose: Purpose) -> set[str]:
    """Those of these E.164 numbers whose holders refused this purpose, or everything."""
    by_index = {book.suppression_index("phone", number): number for number in numbers}
    return {by_index[index] for index, covers in refusals_among(by_index, purpose).items() if covers}


def refusals_among(indexes: Iterable[bytes], purpose: Purpose) -> dict[bytes, bool]:
    """Those of these keyed hashes of numbers that a refusal stands under, and whether one covers this purpose."""
    covered: dict[bytes, bool] = {}
    for index, purpose_id in bulk.under(Suppression, "phone", list(indexes), "purpose_id"):
        covered[index] = covered.get(index, False) or purpose_id in (None, purpose.id)
    return covered
