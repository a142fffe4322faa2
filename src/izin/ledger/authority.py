"""The only door to a time stamp authority: one question over HTTP (RFC 3161 section 3.4), one bounded answer.

Nothing is tried again here, no redirect is followed, and no proxy is taken from the environment. What goes out is a
digest and a random number. Never inside a transaction.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

import aiohttp
from cryptography.x509 import Certificate
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from izin.ledger import tokens
from izin.ledger.tokens import NotStamped, Stamp

ANSWER_WITHIN_S = 8.0
ANSWER_CAP: Final = 64 * 1024  # a response with a chain of four certificates has about 8 KiB
_TYPES: Final = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def ask(url: str, stamped: bytes, roots: Sequence[Certificate] = ()) -> tuple[bytes, Stamp]:
    """A time stamp over the SHA-256 of these bytes: the response (TimeStampResp) to keep, and what it says.

    It was asked for with a nonce and the signer's certificate (section 2.4.1), and was checked. Raises NotStamped.
    """
    request = TimestampRequestBuilder().data(stamped).hash_algorithm(HashAlgorithm.SHA256)
    query = request.nonce(nonce=True).cert_request(cert_request=True).build()
    try:
        answer = asyncio.run(_post(url, query.as_bytes()))
    except TimeoutError:
        raise NotStamped(f"no answer within {ANSWER_WITHIN_S:g} s") from None
    except (aiohttp.ClientError, OSError, ValueError) as problem:
        raise NotStamped(f"the authority cannot be reached ({type(problem).__name__})") from None
    response = tokens.in_der_order(answer)
    return response, tokens.check(response, stamped, nonce=query.nonce, roots=roots)


async def _post(url: str, query: bytes) -> bytes:
    whole = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
    async with (
        aiohttp.ClientSession(timeout=whole) as session,
        session.post(url, data=query, headers=_TYPES, allow_redirects=False) as answer,
    ):
        if answer.status != 200:
            raise NotStamped(f"the authority answered with HTTP status {answer.status}")
        body = bytearray()
        async for piece in answer.content.iter_any():
            body += piece
            if len(body) > ANSWER_CAP:
                raise NotStamped(f"the answer is longer than {ANSWER_CAP} bytes")
        return bytes(body)
