"""docs/proof.md as a stranger follows it: each command is run, and says what the page says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from izin_verify.main import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "proof"
PAGE = (ROOT / "docs" / "proof.md").read_text()


def sessions() -> Iterator[tuple[str, str]]:
    """Every command of the page, and the line that it is said to begin its answer with."""
    for block in re.findall(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = session.partition("\n")
            yield command, answer.strip()


def test_every_command_says_what_the_page_says(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples" / "proof")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("IZIN_", "DJANGO_"))}
    clean["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{clean['PATH']}"
    told = list(sessions())
    assert len(told) >= 8
    for command, answer in told:
        ran = subprocess.run(command, shell=True, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
        assert ran.stderr == ""
        assert ran.stdout.partition("\n")[0] == answer, command
        assert ran.returncode == (1 if answer.startswith("REFUSED") else 0), command


def test_the_verifier_runs_with_cryptography_alone(tmp_path: Path) -> None:
    """Nothing of the house is reachable: the package is copied out, and whatever else it imports must be Python's."""
    shutil.copytree(ROOT / "src" / "izin_verify", tmp_path / "izin_verify")
    code = (
        "import sys; sys.path.insert(0, '.'); from izin_verify.main import main; "
        "code = main(sys.argv[1:]); "
        "foreign = {name.partition('.')[0] for name, module in sys.modules.items() if 'site-packages' in "
        "(getattr(module, '__file__', None) or '')}; "
        "print(sorted(foreign - {'cryptography', '_cffi_backend', 'cffi'})); raise SystemExit(code)"
    )
    arguments = [str(EXAMPLES / "bundle.zip"), "--key", str(EXAMPLES / "key.txt")]
    ran = subprocess.run(
        [sys.executable, "-I", "-c", code, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    foreign = ran.stdout.strip().rpartition("\n")[2]
    assert set(re.findall(r"'(\w+)'", foreign)) <= {
        "_virtualenv",
        "_izin",
        "sitecustomize",
        "__editable___izin_0_1_0_finder",
    }


@pytest.mark.parametrize("name", ["bundle.zip", "receipt.jsonld"])
@pytest.mark.parametrize("language", ["en", "ms"])
def test_each_example_holds_in_both_languages(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [str(EXAMPLES / name), "--key", str(EXAMPLES / "key.txt"), "--language", language]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("HOLDS" if language == "en" else "SAH")


def test_a_file_that_is_neither_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in (b"", b"PK", b"{}", b"[1]", b"\xff\xfe", b"PK\x03\x04" + bytes(100)):
        (tmp_path / "odd").write_bytes(content)
        assert main([str(tmp_path / "odd"), "--key", str(EXAMPLES / "key.txt")]) == 1
        assert capsys.readouterr().out.startswith("REFUSED")
    assert main([str(tmp_path / "none"), "--key", str(EXAMPLES / "key.txt")]) == 2
    assert main([str(EXAMPLES / "bundle.zip"), "--key", "no+key+here"]) == 1
