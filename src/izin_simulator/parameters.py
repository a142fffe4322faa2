"""The parameters of a template send against its definition: counts, kinds, names and lengths. Pure."""

import re
from typing import Any

from izin_simulator.errors import GraphError
from izin_simulator.templates import BODY_MAX, Expectation, hydrate, placeholders

_MEDIA = {"IMAGE", "VIDEO", "DOCUMENT"}
_BUTTON_PARAMETER = {"url": "text", "quick_reply": "payload", "copy_code": "coupon_code"}
_COUPON_MAX = 20
_FORBIDDEN = re.compile(r"[\n\r\t]| {5}")

Parameters = list[dict[str, Any]]


def check_components(expected: Expectation, sent: Any) -> None:
    """Raise GraphError (100, 131008, 131009, 132000, 132005, 132012 or 132018) unless they fit the definition."""
    if not isinstance(sent, list) or not all(isinstance(part, dict) for part in sent):
        raise GraphError(131009, "template.components must be a list of objects.")
    header: Parameters = []
    body: Parameters = []
    pressed: dict[int, Parameters] = {}
    for part in sent:
        kind = str(part.get("type", "")).lower()
        for key in part.keys() - {"type", "parameters", "sub_type", "index"}:
            raise GraphError(100, f'Unexpected key "{key}" on a template component.')
        if kind == "header":
            header += _parameters(part)
        elif kind == "body":
            body += _parameters(part)
        elif kind == "button":
            index = _index(part, expected.buttons)
            if index in pressed:
                raise GraphError(131009, f"button {index} is given twice.")
            pressed[index] = _check_button(index, part, expected.buttons[index])
        else:
            raise GraphError(100, "Unexpected type of a template component.")
    _check_header(expected, header)
    _check_body(expected, body)
    for index, button in enumerate(expected.buttons):
        if _needs_parameter(button) and not pressed.get(index):
            raise GraphError(131008, f"buttons: Button at index {index} of type {button['type']} requires a parameter")


def _parameters(part: dict[str, Any]) -> Parameters:
    given = part.get("parameters", [])
    if not isinstance(given, list) or not all(isinstance(parameter, dict) for parameter in given):
        raise GraphError(131009, "parameters must be a list of objects.")
    if not all(isinstance(parameter.get("parameter_name", ""), str) for parameter in given):
        raise GraphError(131009, "parameter_name must be a string.")
    return given


def _check_header(expected: Expectation, given: Parameters) -> None:
    form = expected.header_format
    if form not in _MEDIA | {"LOCATION"}:
        _check_texts("header", expected.header_names, expected.named, given)
        return
    kind = str(given[0].get("type", "")).lower() if given else "unknown"
    if len(given) != 1 or kind != form.lower():
        raise GraphError(132012, f"header: Format mismatch, expected {form}, received {kind.upper()}")
    content = given[0].get(kind)
    if not isinstance(content, dict) or (form in _MEDIA and not (content.get("id") or content.get("link"))):
        raise GraphError(131008, f"header: {kind} needs an id or a link.")


def _check_body(expected: Expectation, given: Parameters) -> None:
    names, named = expected.body_names, expected.named
    _check_texts("body", names, named, given)
    texts = [str(p.get("text", "")) for p in given]
    longest = max(map(len, texts), default=0)
    if len(expected.body) + expected.body.count("{{") * longest <= BODY_MAX:  # it cannot be too long
        return
    keys = tuple(str(p["parameter_name"]) for p in given) if named else names
    if len(hydrate(expected.body, dict(zip(keys, texts, strict=True)))) > BODY_MAX:
        raise GraphError(132005, f"body: text with its parameters is longer than {BODY_MAX} characters")


def _check_texts(where: str, names: tuple[str, ...], named: bool, given: Parameters) -> None:
    if len(given) != len(names):
        raise GraphError(
            132000,
            f"{where}: number of localizable_params ({len(given)}) does not match the expected number of params "
            f"({len(names)})",
        )
    sent_names = [parameter.get("parameter_name") for parameter in given]
    if named and set(sent_names) != set(names):
        raise GraphError(132012, f"{where}: parameter_name of each parameter must be one of the template's names")
    if not named and any(name is not None for name in sent_names):
        raise GraphError(132012, f"{where}: the template is positional, parameter_name was sent")
    for parameter in given:
        _check_value(where, parameter)


def _check_value(where: str, parameter: dict[str, Any]) -> None:
    kind = parameter.get("type")
    if kind in ("currency", "date_time"):
        if not isinstance(parameter.get(kind), dict) or "fallback_value" not in parameter[kind]:
            raise GraphError(131008, f"{where}: Parameter of type {kind} is missing its fallback_value")
        return
    if kind != "text":
        raise GraphError(132012, f"{where}: Format mismatch, expected TEXT, received {str(kind).upper()}")
    text = parameter.get("text")
    if text is None or text == "":
        raise GraphError(131008, f"{where}: Parameter of type text is missing text value")
    if not isinstance(text, str):
        raise GraphError(131009, f"{where}: text must be a string")
    if _FORBIDDEN.search(text):
        raise GraphError(132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")


def _index(part: dict[str, Any], buttons: Parameters) -> int:
    """Return the button's position; Meta documents a string, integers are seen too."""
    given = part.get("index")
    if given is None:
        raise GraphError(131008, "a button component needs an index.")
    if isinstance(given, bool) or not str(given).isdecimal():
        raise GraphError(131009, "a button's index is a number from 0.")
    if int(given) >= len(buttons):
        raise GraphError(132012, f"buttons: the template has no button at index {given}")
    return int(given)


def _check_button(index: int, part: dict[str, Any], button: dict[str, Any]) -> Parameters:
    kind = str(part.get("sub_type", "")).lower()
    if kind != str(button.get("type", "")).lower():
        raise GraphError(132012, f"buttons: Format mismatch at index {index}, expected {button.get('type')}")
    given = _parameters(part)
    wanted = _BUTTON_PARAMETER.get(kind)
    if wanted is None:
        return given
    if len(given) > (0 if kind == "url" and not _needs_parameter(button) else 1):
        raise GraphError(132000, f"buttons: too many parameters at index {index}")
    for parameter in given:
        value = parameter.get(wanted)
        if parameter.get("type") != wanted:
            raise GraphError(132012, f"buttons: Format mismatch at index {index}, expected a {wanted} parameter")
        if not isinstance(value, str) or not value:
            raise GraphError(131008, f"buttons: parameter at index {index} is missing its {wanted}")
        if wanted == "coupon_code" and len(value) > _COUPON_MAX:
            raise GraphError(131009, f"buttons: a coupon code has at most {_COUPON_MAX} characters")
    return given


def _needs_parameter(button: dict[str, Any]) -> bool:
    kind = str(button.get("type", "")).upper()
    return kind == "COPY_CODE" or (kind == "URL" and bool(placeholders(str(button.get("url", "")))))


def media_ids(sent: list[dict[str, Any]]) -> list[str]:
    """Return the ids of uploaded files that a send's components name."""
    found = []
    for part in sent:
        if str(part.get("type", "")).lower() == "header":
            for parameter in part.get("parameters", []):
                content = parameter.get(str(parameter.get("type", "")).lower())
                if isinstance(content, dict) and content.get("id"):
                    found.append(str(content["id"]))
    return found
