"""Answers of the Graph API. Pure but for the trace id."""

import secrets
from typing import Any

import msgspec

from izin_simulator.errors import GraphError
from izin_simulator.http import Response

_ENCODE = msgspec.json.Encoder().encode


def fbtrace_id() -> str:
    """Return a trace id in Meta's shape."""
    return "A" + secrets.token_urlsafe(16)


def json_answer(body: Any, status: int = 200) -> Response:
    """Return an answer in JSON."""
    return Response(_ENCODE(body), status)


def error_answer(error: GraphError) -> Response:
    """Return Meta's answer to a refused request."""
    return json_answer(error.body(fbtrace_id()), error.http)
