"""The terminal commands that set an installation up, as a newcomer types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("database")


def izin(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "izin", *arguments], capture_output=True, text=True, check=False, env=os.environ
    )


def test_an_organisation_its_people_and_its_account(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("sembilan-belas-kuda\n")
    made = izin("organisation", "create", "Kedai Bunga Melur", "--address", "kedai-bunga", "--email", "p@melur.example")
    assert made.returncode == 0, made.stderr
    assert "/kedai-bunga/" in made.stdout
    people = ("--organisation", "kedai-bunga", "--password-file", str(password))
    added = izin("organisation", "add-user", "siti@melur.example", "--role", "reviewer", *people)
    assert added.returncode == 0, added.stderr


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_password_file_without_a_password_is_one_sentence(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_text(content)
    izin("organisation", "create", "Kelas Piano", "--address", "kelas-piano")
    people = ("--organisation", "kelas-piano", "--password-file", str(file))
    refused = izin("organisation", "add-user", "lim@piano.example", "--role", "marketer", *people)
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1
