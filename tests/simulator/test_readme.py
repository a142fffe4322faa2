"""The README names all there is: keys with their defaults, control endpoints, deeds, events; its examples work."""

import inspect
import json
import re
import shlex
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from izin_simulator import config, control, faults, main, server, spread
from izin_simulator.config import Config, PhoneNumber
from izin_simulator.templates import Catalogue
from izin_simulator.validation import check_send

PACKAGE = Path(server.__file__).parent
README = (PACKAGE / "README.md").read_text()
SOURCE = "".join(file.read_text() for file in sorted(PACKAGE.glob("*.py")))
FENCED = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TABLES: dict[str, type[msgspec.Struct]] = {
    "Configuration": Config,
    "token": config.Token,
    "phone_numbers": config.PhoneNumber,
    "templates": config.Template,
    "people": config.People,
    "people.reply_rules": config.ReplyRule,
    "failure_ways": config.FailureWays,
    "marketing": config.Marketing,
    "pacing": config.Pacing,
    "quality": config.Quality,
    "webhook": config.WebhookShape,
    "Faults": faults.Fault,
}
# These have no table of their own: a sentence names their keys.
IN_WORDS = (config.StatusDelays, faults.Match, faults.Storm, spread.Uniform, spread.LogNormal)
# Said in words, because the value itself says less or stands in a table below.
TOLD = {"below", "one number", "empty"}


def structs(module: Any) -> set[type[msgspec.Struct]]:
    found = {each for _, each in inspect.getmembers(module, inspect.isclass) if issubclass(each, msgspec.Struct)}
    return {each for each in found if each.__module__ == module.__name__}


def section(heading: str) -> str:
    return re.split(r"^#+ ", README.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def named(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


def shown(value: Any) -> str:
    """The way in which a table writes a default."""
    if value is msgspec.NODEFAULT:
        return "required"
    if isinstance(value, str):
        return value
    if value is None:
        return "none"
    return re.sub(r"\.0$", "", msgspec.json.encode(value).decode())


def default_of(one: msgspec.structs.FieldInfo) -> Any:
    return one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory()


def fenced(kind: str) -> list[str]:
    return [text for language, text in FENCED.findall(README) if language == kind]


def commands() -> list[list[str]]:
    return [shlex.split(text.replace("\\\n", " ")) for text in fenced("sh")]


def test_no_struct_is_left_out() -> None:
    assert {*TABLES.values(), *IN_WORDS} == structs(config) | structs(faults) | structs(spread)


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_stands_with_its_default(heading: str) -> None:
    there = {row[0].strip("`"): row[1].strip("`") for row in rows(section(heading)) if len(row) == 3}
    for one in msgspec.structs.fields(TABLES[heading]):
        told = there.get(one.encode_name)
        assert told in TOLD or told == shown(default_of(one)), one.encode_name
    if heading != "Faults":  # where the deeds have a table too
        assert list(there) == [one.encode_name for one in msgspec.structs.fields(TABLES[heading])]


def test_keys_in_words() -> None:
    words = set(re.findall(r"\w+", section("Configuration") + section("Faults")))
    assert {one.encode_name for kind in IN_WORDS for one in msgspec.structs.fields(kind)} <= words


def test_every_control_endpoint_and_key() -> None:
    table = rows(section("Control"))
    served = {
        f"{method} /control/{name}" for method, name in control.Control.routes(control.Control.__new__(control.Control))
    }
    assert {row[0].strip("`") for row in table} == served
    keys = {one.encode_name for kind in structs(control) for one in msgspec.structs.fields(kind)}
    assert keys <= named(" ".join(row[1] for row in table))


def test_every_endpoint_of_meta() -> None:
    edges = set(re.findall(r'\("(?:GET|POST|DELETE)", "(\w+)"\): self', SOURCE))
    edges -= {name.rpartition("/")[2] for row in rows(section("Control")) for name in named(row[0])}
    assert edges == {"media", "phone_numbers", "subscribed_apps", "message_templates", "unpause"}
    table = " ".join(row[0] for row in rows(section("Endpoints")))
    assert all(f"/{edge}" in table for edge in [*edges, "messages", "marketing_messages", "debug_token"])


def test_every_deed() -> None:
    assert set(get_args(faults.Deed)) <= {name for row in rows(section("Faults")) for name in named(row[0])}


def test_every_event() -> None:
    written = set(re.findall(r'"event": "(\w+)"', SOURCE)) | {"unblocked"}
    assert written == {name for row in rows(section("The log")) for name in named(row[0])}


def test_every_code_is_in_the_table() -> None:
    from izin_simulator.error_table import TABLE

    told = {int(code) for code in re.findall(r"\b13[0-4]\d{3}\b", README)}
    assert told and told <= TABLE.keys()


def test_the_examples_work() -> None:
    (example,) = fenced("json")
    told = msgspec.json.decode(example, type=Config)
    starting, sending = commands()
    assert starting[0].endswith("izin-simulator")
    assert str(main.parser().parse_args(starting[1:]).log) == "simulator.jsonl"
    assert f"/{PhoneNumber().id}/messages" in sending[1] and f"Authorization: Bearer {told.access_token}" in sending
    body = json.loads(sending[sending.index("-d") + 1])
    assert check_send(body, PhoneNumber(), Catalogue(told.templates)).template == told.templates[0]


def test_every_flag() -> None:
    flags = {flag for action in main.parser()._actions for flag in action.option_strings if flag.startswith("--")}
    assert flags - {"--help"} == {name for row in rows(section("Two minutes")) for name in named(row[0])}
