"""Every text of the sources stands in Malay, and the compiled catalogue is what the readable one says (promise P10)."""

import importlib.util
import re
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "src/izin/locale/ms/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def script() -> ModuleType:
    """``bin/messages`` as a module; it has no suffix, so its loader is named."""
    loader = SourceFileLoader("messages", str(ROOT / "bin" / "messages"))
    spec = importlib.util.spec_from_loader("messages", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    return script()


@pytest.fixture(scope="module")
def malay():
    with PO.open("rb") as stream:
        return read_po(stream, locale="ms", domain="django")


def test_catalogues_are_complete_and_compiled(messages):
    assert messages.complaints(write=False) == []


def test_the_extraction_sees_templates_and_python(messages):
    found = messages.extracted()
    assert "Skip to the content" in found  # {% translate %}
    assert "Page %(number)s of %(count)s" in found  # {% blocktranslate trimmed %}
    assert "Save draft" in found  # _("…") as an argument of a tag
    assert "Granted" in found  # gettext_lazy in Python


def test_a_missing_translation_is_named(messages, malay):
    malay = malay.__class__(locale="ms")
    malay.add("Something new")
    assert messages.untranslated(malay) == ["Something new"]


def test_placeholders_survive_the_translation(malay):
    for message in malay:
        if not message.id or not isinstance(message.id, str):
            continue
        assert sorted(PLACEHOLDER.findall(message.id)) == sorted(PLACEHOLDER.findall(message.string)), message.id


def test_the_compiled_catalogue_speaks_malay():
    with PO.with_suffix(".mo").open("rb") as stream:
        assert read_mo(stream)["Privacy policy"].string == "Dasar privasi"
