"""The secret that Izin makes for itself on its first start, and settings that stop it."""

import os
import subprocess
import sys
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IZIN_TIMESTAMP_URL", "ftp://tsa.example/"),
        ("IZIN_TIMESTAMP_URL", "tsa.example"),
        ("IZIN_TIMESTAMP_URL", "http://"),
        ("IZIN_TIMESTAMP_ROOT", "nowhere.pem"),
        ("IZIN_TIMESTAMP_ROOT", __file__),
    ],
)
def test_a_wrong_setting_of_time_stamps_stops_the_process_with_a_sentence(
    name: str, value: str, tmp_path: Path
) -> None:
    environment = dict(os.environ) | {"IZIN_DATA": str(tmp_path), name: value}
    told = subprocess.run(
        [sys.executable, "-c", "import izin.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert told.stderr.strip().splitlines()[-1].startswith(f"izin.settings.HalfConfigured: {name} must ")
