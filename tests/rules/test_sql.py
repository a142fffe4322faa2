"""Named queries: the text of each, with its own comments, and a mistake in the file is an error at start-up."""

import pytest

from izin.lib import sql

FILE = """\
-- Remarks about the whole file.

-- Takes the lane.
-- One holder only.
-- claim --
UPDATE lane SET holder = %s  -- the process
WHERE id = %s;

-- release --
-- Why: below the header too.
UPDATE lane
SET holder = NULL;
"""


def test_queries_by_name_with_their_comments() -> None:
    queries = sql.parse(FILE)
    assert list(queries) == ["claim", "release"]
    assert (
        queries["claim"].startswith("-- Takes the lane.\n-- One holder only.\nUPDATE") and "WHERE" in queries["claim"]
    )
    assert queries["claim"].endswith("WHERE id = %s;")
    assert queries["release"] == "-- Why: below the header too.\nUPDATE lane\nSET holder = NULL;"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [("-- a --\nSELECT 1\n-- a --\nSELECT 2", "twice"), ("-- a --\n-- only a remark\n", "no statement")],
)
def test_a_broken_file_is_refused(text: str, mistake: str) -> None:
    with pytest.raises(ValueError, match=rf"lane\.sql: the query a .*{mistake}"):
        sql.parse(text, "lane.sql")


def test_load_reads_a_file_of_a_package(tmp_path, monkeypatch) -> None:
    package = tmp_path / "some_package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "queries.sql").write_text(FILE)
    monkeypatch.syspath_prepend(tmp_path)
    assert sql.load("some_package", "queries.sql") == sql.parse(FILE)
