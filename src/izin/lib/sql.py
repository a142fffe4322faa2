"""Named queries: SQL lives in ``.sql`` files beside the code that runs it, never in strings put together.

A file is a row of queries, each below a header line ``-- name --``. Comment lines directly above a header belong to the
query below it and travel with it, so that they show in the database's own log of slow statements.
"""

import re
from importlib.resources import files
from typing import Final, LiteralString

_HEADER: Final = re.compile(r"--\s+([a-z][a-z0-9_]*)\s+--\s*")


def load(package: str, file: str) -> dict[str, LiteralString]:
    """The queries of ``file`` in ``package`` by name. Raises ``ValueError`` for a file that is not such a row."""
    return parse(files(package).joinpath(file).read_text(encoding="utf-8"), file)


def parse(text: str, file: str = "queries.sql") -> dict[str, LiteralString]:
    """The queries in ``text`` by name; ``file`` is only used to name the place of a mistake."""
    bodies: dict[str, list[str]] = {}
    body: list[str] = []  # of the query being read; before the first header it holds the file's own remarks
    for line in text.splitlines():
        header = _HEADER.fullmatch(line)
        if not header:
            body.append(line)
            continue
        name = header[1]
        if name in bodies:
            raise ValueError(f"{file}: the query {name} is there twice")
        body = bodies[name] = _take_comments_above(body)
    for name, lines in bodies.items():
        if not any(_is_statement(line) for line in lines):
            raise ValueError(f"{file}: the query {name} has no statement")
    # The text comes from a file of this package and from nowhere else: that is what LiteralString asks for.
    return {name: "\n".join(lines).strip() for name, lines in bodies.items()}


def _is_statement(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("--")


def _take_comments_above(body: list[str]) -> list[str]:
    """Remove the comment lines at the end of ``body`` and return them: they stand above the next header."""
    start = len(body)
    while start and body[start - 1].lstrip().startswith("--"):
        start -= 1
    comments = body[start:]
    del body[start:]
    return comments
