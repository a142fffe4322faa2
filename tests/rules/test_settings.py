"""The secret that Izin makes for itself on its first start."""

from pathlib import Path

import pytest


def test_processes_that_start_together_share_one_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from izin.settings import secret_from_file

    file = tmp_path / "keys" / "session.key"
    first = secret_from_file(file)
    assert len(first) == 64
    monkeypatch.setattr(Path, "exists", lambda _: False)  # looked a moment before the other one made it
    assert secret_from_file(file) == first
    assert [one.name for one in file.parent.iterdir()] == ["session.key"]
    assert file.stat().st_mode & 0o777 == 0o400
