"""The contents of messages that are no templates: text, media, interactive, reaction, location. Pure."""

from typing import Any

from izin_simulator.errors import GraphError

Json = dict[str, Any]

TEXT_MAX = 4096
CAPTION_MAX = 1024
MEDIA = {"image", "video", "audio", "document", "sticker"}
_MEDIA_KEYS = {
    "image": {"id", "link", "caption"},
    "video": {"id", "link", "caption"},
    "audio": {"id", "link", "voice"},
    "document": {"id", "link", "caption", "filename"},
    "sticker": {"id", "link"},
}
_INTERACTIVE = {
    "button",
    "list",
    "cta_url",
    "request_contact_info",
    "location_request_message",
    "address_message",
    "flow",
    "product",
    "product_list",
    "catalog_message",
    "carousel",
}


def check_content(kind: str, content: Json) -> None:
    """Raise GraphError (100, 131008 or 131009) unless the content of this message type is as documented."""
    if kind == "text":
        _only(content, {"body", "preview_url"}, "text")
        _string(content, "body", TEXT_MAX, "text")
    elif kind in MEDIA:
        _check_media(kind, content)
    elif kind == "interactive":
        _check_interactive(content)
    elif kind == "reaction":
        _string(content, "message_id", 512, "reaction")
        if not isinstance(content.get("emoji", ""), str):
            raise GraphError(131009, "reaction.emoji must be a string.")
    elif kind == "location":
        for key in ("latitude", "longitude"):
            if key not in content:
                raise GraphError(131008, f"location needs a {key}.")


def quick_replies(content: Json) -> list[tuple[str, str]]:
    """Return id and title of each reply button of an interactive message."""
    if content.get("type") != "button":
        return []
    pressed = [button.get("reply", {}) for button in content.get("action", {}).get("buttons", [])]
    return [(str(reply.get("id", "")), str(reply.get("title", ""))) for reply in pressed]


def list_rows(content: Json) -> list[tuple[str, str]]:
    """Return id and title of each row of an interactive list."""
    if content.get("type") != "list":
        return []
    rows = [row for section in content.get("action", {}).get("sections", []) for row in section.get("rows", [])]
    return [(str(row.get("id", "")), str(row.get("title", ""))) for row in rows]


def _check_media(kind: str, content: Json) -> None:
    _only(content, _MEDIA_KEYS[kind], kind)
    if not (content.get("id") or content.get("link")):
        raise GraphError(131008, f"{kind} needs an id or a link.")
    if content.get("id") and content.get("link"):
        raise GraphError(131009, f"{kind} has either an id or a link.")
    link = content.get("link")
    if link is not None and not (isinstance(link, str) and link.startswith(("https://", "http://"))):
        raise GraphError(131009, f"{kind}.link must be an address.")
    if content.get("caption") is not None:
        _string(content, "caption", CAPTION_MAX, kind)


def _check_interactive(content: Json) -> None:
    kind = content.get("type")
    if kind is None:
        raise GraphError(131008, "interactive needs a type.")
    if kind not in _INTERACTIVE:
        raise GraphError(131009, "interactive.type is not one of the known types.")
    if kind in ("button", "list", "cta_url", "request_contact_info", "location_request_message"):
        _string(_object(content, "body", "interactive"), "text", TEXT_MAX if kind == "list" else 1024, "body")
    action = _object(content, "action", "interactive")
    if "footer" in content:
        _string(_object(content, "footer", "interactive"), "text", 60, "footer")
    if kind == "button":
        _check_reply_buttons(action)
    elif kind == "list":
        _check_list(action)
    elif kind == "cta_url":
        parameters = _object(action, "parameters", "action")
        _string(parameters, "display_text", 20, "parameters")
        _string(parameters, "url", 2000, "parameters")


def _check_reply_buttons(action: Json) -> None:
    replies = [_object(button, "reply", "button") for button in _objects(action, "buttons", 3)]
    for reply in replies:
        _string(reply, "id", 256, "reply")
        _string(reply, "title", 20, "reply")
    _distinct([reply["id"] for reply in replies], "Button ids")
    _distinct([reply["title"] for reply in replies], "Button titles")


def _check_list(action: Json) -> None:
    _string(action, "button", 20, "action")
    sections = _objects(action, "sections", 10)
    rows = [row for section in sections for row in _objects(section, "rows", 10)]
    if len(rows) > 10:
        raise GraphError(131009, "A list has at most 10 rows.")
    for row in rows:
        _string(row, "id", 200, "row")
        _string(row, "title", 24, "row")
        if row.get("description") is not None:
            _string(row, "description", 72, "row")
    _distinct([row["id"] for row in rows], "Row ids")
    if len(sections) > 1:
        for section in sections:
            _string(section, "title", 24, "section")


def _only(content: Json, keys: set[str], where: str) -> None:
    for key in content.keys() - keys:
        raise GraphError(100, f'Unexpected key "{key}" on param "{where}".')


def _string(content: Json, key: str, longest: int, where: str) -> None:
    given = content.get(key)
    if given is None or given == "":
        raise GraphError(131008, f"{where} needs a {key}.")
    if not isinstance(given, str) or len(given) > longest:
        raise GraphError(131009, f"{where}.{key} must be a string of at most {longest} characters.")


def _object(content: Json, key: str, where: str) -> Json:
    given = content.get(key)
    if given is None:
        raise GraphError(131008, f"{where} needs a {key}.")
    if not isinstance(given, dict):
        raise GraphError(131009, f"{where}.{key} must be an object.")
    return given


def _objects(content: Json, key: str, most: int) -> list[Json]:
    given = content.get(key)
    if not given:
        raise GraphError(131008, f"{key} are required.")
    if not isinstance(given, list) or len(given) > most or not all(isinstance(one, dict) for one in given):
        raise GraphError(131009, f"{key} must be a list of at most {most} objects.")
    return given


def _distinct(values: list[Any], what: str) -> None:
    if len(set(values)) < len(values):
        raise GraphError(131009, f"{what} must differ.")
