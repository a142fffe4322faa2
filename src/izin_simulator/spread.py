"""How long something takes: a number of milliseconds, or a distribution of them. Pure."""

import math
from statistics import NormalDist
from typing import Annotated

from msgspec import Meta, Struct

Milliseconds = Annotated[int, Meta(ge=0)]
_P99 = NormalDist().inv_cdf(0.99)


class Uniform(Struct, frozen=True, forbid_unknown_fields=True, tag_field="distribution", tag="uniform"):
    """Every value between the two alike."""

    from_ms: Milliseconds
    to_ms: Milliseconds


class LogNormal(Struct, frozen=True, forbid_unknown_fields=True, tag_field="distribution", tag="lognormal"):
    """Most near the median, a few much longer, as answers over a network are. One in a hundred exceeds `p99_ms`."""

    median_ms: Annotated[float, Meta(gt=0)]
    p99_ms: Annotated[float, Meta(gt=0)]


Span = Milliseconds | Uniform | LogNormal


def seconds_of(span: Span, luck: float) -> float:
    """Return the seconds at this quantile: `luck` lies in [0, 1)."""
    if isinstance(span, int):
        return span / 1000
    if isinstance(span, Uniform):
        return (span.from_ms + (span.to_ms - span.from_ms) * luck) / 1000
    sigma = math.log(span.p99_ms / span.median_ms) / _P99
    return span.median_ms * math.exp(sigma * NormalDist().inv_cdf(min(max(luck, 1e-9), 1 - 1e-9))) / 1000
