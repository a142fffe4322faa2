"""Meta's own specification of the Cloud API as a judge: of every request, answer and webhook that tests see.

The document is not ours to copy. ``IZIN_WHATSAPP_OPENAPI`` names it, or it lies beside the repository as
``../shared/whatsapp-openapi.yaml``; without it the tests that need it are skipped. What it says against Meta's own
pages is put right in ``AMENDMENTS``, each with its reason; everything else is taken as written.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ABSENT = (
    "Meta's specification is not here: set IZIN_WHATSAPP_OPENAPI to the file, or put it beside the repository as "
    "../shared/whatsapp-openapi.yaml."
)
Json = dict[str, Any]
Schemas = dict[str, Json]

TALLY: Counter[str] = Counter()
DEVIATIONS: list[str] = []


def where() -> Path | None:
    """The file, or None when it is nowhere."""
    named = os.environ.get("IZIN_WHATSAPP_OPENAPI")
    path = Path(named) if named else Path(__file__).parent.parent.parent / "shared" / "whatsapp-openapi.yaml"
    return path if path.is_file() else None


# --- what the document says against Meta's pages


def _language_needs_no_policy(schemas: Schemas) -> None:
    """Meta's page "Send messages": ``policy`` is old and optional."""
    schemas["LanguageObject"]["required"] = ["code"]


def _buttons_by_place(schemas: Schemas) -> None:
    """The pattern of ``index`` is a slip; it is the place among all buttons, as text. ``copy_code`` is missing."""
    for name in ("TemplateComponent", "ButtonComponent"):
        part = schemas[name] if name == "TemplateComponent" else schemas[name]["allOf"][1]
        part["properties"]["index"] = {"type": ["string", "integer"], "pattern": "^[0-9]$"}
        part["properties"]["sub_type"]["enum"] = ["quick_reply", "url", "catalog", "copy_code", "flow"]


def _newer_fields_of_a_message(schemas: Schemas) -> None:
    """The callback token (page "status messages webhook") and business-scoped user ids (that page) came later.

    Of ``to`` and ``recipient`` one is needed; the marketing endpoint takes the same body.
    """
    either = [{"required": ["to"]}, {"required": ["recipient"]}]
    fields = {
        "biz_opaque_callback_data": {"type": "string", "maxLength": 512},
        "recipient": {"type": "string", "pattern": r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$"},
    }
    for name in ("BaseMessageProperties", "MarketingMessageRequestPayload"):
        schemas[name]["properties"] |= fields
        schemas[name]["required"] = ["messaging_product", "type"]  # recipient_type is individual without saying so
        schemas[name]["anyOf"] = either


def _closed_as_a_whole(schemas: Schemas) -> None:
    """``additionalProperties: false`` in one part of ``allOf`` forbids what the other part asks for."""
    for schema in schemas.values():
        parts = schema.get("allOf", [])
        if any(part.pop("additionalProperties", None) is False for part in parts):
            schema["unevaluatedProperties"] = False


def _incoming_is_not_outgoing(schemas: Schemas) -> None:
    """The document was put together of several: what people send got a number behind its name, and kept the old links.

    So ``IncomingMessage`` asks for ``messaging_product`` and ``to``. Here each incoming kind gets its own base back.
    Without ``from`` since business-scoped user ids.
    """
    own = {"$ref": "#/components/schemas/BaseMessageProperties_1"}
    schemas["BaseMessageProperties_1"]["required"] = ["id", "timestamp"]
    schemas["BaseMessageProperties_1"]["anyOf"] = [{"required": ["from"]}, {"required": ["from_user_id"]}]
    kinds = schemas["IncomingMessage"]["discriminator"]["mapping"]
    for kind, link in kinds.items():
        name = link.rpartition("/")[2]
        name = next((each for each in (f"{name}_2", f"{name}_1") if "allOf" in schemas.get(each, {})), name)
        schemas[name]["allOf"][0] = own
        kinds[kind] = f"#/components/schemas/{name}"
    schemas["SystemMessage"]["allOf"][0] = own


def _people_without_a_number(schemas: Schemas) -> None:
    """Page "Business-scoped user IDs": a person may be named by the user id alone, and may show a username only."""
    schemas["Statuses"]["required"] = ["id", "status", "timestamp"]
    schemas["Statuses"]["anyOf"] = [{"required": ["recipient_id"]}, {"required": ["recipient_user_id"]}]
    schemas["ContactProfile"]["required"] = []
    schemas["ContactProfile"]["anyOf"] = [{"required": ["wa_id"]}, {"required": ["user_id"]}]
    system = schemas["SystemMessage"]["allOf"][1]["properties"]["system"]["properties"]
    system["type"]["enum"].append("user_changed_user_id")


def _only_what_was_asked_for(schemas: Schemas) -> None:
    """The Graph API answers with the fields that were asked for and the id (its page "Read")."""
    schemas["WhatsAppBusinessAccountPhoneNumber"]["required"] = ["id"]


def _judged_by_kind(schemas: Schemas) -> None:
    """``oneOf`` over a dozen kinds says only that none fits; the kind that a message claims to be says why not."""
    for name in ("Message", "IncomingMessage"):
        kinds = schemas[name].pop("discriminator")["mapping"]
        del schemas[name]["oneOf"]
        schemas[name] |= {"required": ["type"], "properties": {"type": {"enum": list(kinds)}}}
        schemas[name]["allOf"] = [
            {"if": {"properties": {"type": {"const": kind}}}, "then": {"$ref": link}} for kind, link in kinds.items()
        ]


AMENDMENTS: tuple[Callable[[Schemas], None], ...] = (
    _language_needs_no_policy,
    _buttons_by_place,
    _newer_fields_of_a_message,
    _closed_as_a_whole,
    _incoming_is_not_outgoing,
    _people_without_a_number,
    _only_what_was_asked_for,
    _judged_by_kind,
)


# --- the judge


class Judge:
    """Holds messages against the amended document. Each method returns what is wrong; nothing is good."""

    def __init__(self, document: Json) -> None:
        from referencing import Registry
        from referencing.jsonschema import DRAFT202012

        for amend in AMENDMENTS:
            amend(document["components"]["schemas"])
        self._paths: Json = document["paths"]
        # Meta's page "Media" shows the size as a number, the document as text.
        described = self._paths["/{Version}/{Media-ID}"]["get"]["responses"]["200"]["content"]["application/json"]
        described["schema"]["properties"]["file_size"]["type"] = ["string", "integer"]
        resource = DRAFT202012.create_resource(document)
        self._registry: Any = Registry().with_resource("urn:meta", resource)
        self._validators: dict[str, Any] = {}

    def request(self, method: str, path: str, body: Any, *, of: str = "") -> list[str]:
        """What is wrong with a JSON request; ``of`` says what a bare id is: phone number, WABA, template or media."""
        operation = self._operation(method, path, of)
        if operation is None:
            return [f"{method} {_shape(path)} is not in the document"]
        if body is None:
            return []
        if _shape(path).endswith("/messages") and isinstance(body, Mapping) and "status" in body:
            return self._errors("#/components/schemas/MarkMessageRequestPayload", body)
        place = self._place(operation, "requestBody/content/application~1json/schema")
        return self._errors(place, body) if place else []

    def answer(self, method: str, path: str, status: int, body: Any, *, of: str = "") -> list[str]:
        """What is wrong with a JSON answer. Sending has no error of its own in the document: the general one holds."""
        operation = self._operation(method, path, of)
        if operation is None:
            return [f"{method} {_shape(path)} is not in the document"]
        if status >= 400:
            return self._errors("#/components/schemas/GraphAPIError", body)
        place = self._place(operation, "responses/200/content/application~1json/schema")
        return self._errors(place, body) if place else []

    def answers_nothing(self, method: str, path: str, *, of: str = "") -> bool:
        """Whether the document has no such address."""
        return self._operation(method, path, of) is None

    def webhook(self, body: Any) -> list[str]:
        """What is wrong with a webhook. The document knows messages and statuses; other fields are not judged."""
        wrong = self._errors("#/components/schemas/WebhookPayload", {**body, "entry": []})
        for entry in body["entry"]:
            wrong += self._errors("#/components/schemas/Entry", {**entry, "changes": []})
            for change in entry["changes"]:
                wrong += self._change(change["field"], change["value"])
        return wrong

    def _change(self, field: str, value: Json) -> list[str]:
        if field != "messages" or not ("statuses" in value or "messages" in value):
            TALLY[f"webhook changes that the document does not know ({field})"] += 1
            return []
        TALLY["webhook changes"] += 1
        if "statuses" in value:
            return self._errors("#/components/schemas/StatusMessageValue", value)
        if "contacts" not in value:
            return self._errors("#/components/schemas/IncomingMessageValueSystem", value)
        return self._errors("#/components/schemas/IncomingMessageValueGeneral", value)

    def _operation(self, method: str, path: str, of: str) -> str | None:
        """The JSON pointer of the operation."""
        shape = _shape(path)
        for template in self._paths:
            fits = re.sub(r"\{[^}]+\}", "{}", template) == shape
            if fits and (shape != "/{}/{}" or _names(template) == of) and method.lower() in self._paths[template]:
                return f"#/paths/{_escaped(template)}/{method.lower()}"
        return None

    def _place(self, operation: str, below: str) -> str | None:
        node: Any = {"paths": self._paths}
        for step in f"{operation}/{below}".removeprefix("#/").split("/"):
            node = node.get(step.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}"))
            if node is None:
                return None
        return f"{operation}/{below}"

    def _errors(self, place: str, body: Any) -> list[str]:
        from jsonschema import Draft202012Validator

        if place not in self._validators:
            self._validators[place] = Draft202012Validator({"$ref": f"urn:meta{place}"}, registry=self._registry)
        return [_shown(error) for error in self._validators[place].iter_errors(body)]


@cache
def judge() -> Judge | None:
    """The judge over the document, or None where it is not."""
    path = where()
    if path is None:
        return None
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Judge(yaml.load(path.read_text(), Loader=loader))


def needed() -> Judge:
    """The judge; skips the test where the document is not."""
    found = judge()
    if found is None:
        pytest.skip(ABSENT)
    return found


def hold_against(method: str, path: str, sent: Any, status: int, answer: Any, *, of: str = "", who: str = "") -> None:
    """Judge one exchange, count it, and keep what is wrong for the test that asks at the end.

    A request is judged when it was taken: what tests refuse on purpose is judged by its answer only.
    """
    found = judge()
    if found is None:
        return
    if status == 404 and found.answers_nothing(method, path, of=of):
        return
    shape = _shape(path)
    if status < 400 and sent is not None:
        TALLY[f"requests{who}"] += 1
        DEVIATIONS.extend(f"request {method} {shape}: {wrong}" for wrong in found.request(method, path, sent, of=of))
    TALLY[f"answers{who}"] += 1
    wrongs = found.answer(method, path, status, answer, of=of)
    DEVIATIONS.extend(f"answer {status} to {method} {shape}: {wrong}" for wrong in wrongs)


def hold_webhook_against(body: bytes) -> None:
    """The same for a webhook."""
    found = judge()
    if found is not None:
        TALLY["webhooks"] += 1
        DEVIATIONS.extend(f"webhook: {wrong}" for wrong in found.webhook(json.loads(body)))


def _shape(path: str) -> str:
    """``/v23.0/123/messages`` → ``/{}/{}/messages``."""
    version, _, rest = path.partition("?")[0].removeprefix("/").partition("/")
    steps = ["{}" if re.search(r"\d", step) else step for step in rest.split("/")]
    return "/".join(["", "{}" if version else "", *steps])


def _names(template: str) -> str:
    return {
        "{Phone-Number-ID}": "phone number",
        "{WABA-ID}": "WABA",
        "{TEMPLATE_ID}": "template",
        "{Media-ID}": "media",
    }.get(template.rpartition("/")[2], "")


def _escaped(template: str) -> str:
    return template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def _shown(error: Any) -> str:
    return f"{'/'.join(str(step) for step in error.absolute_path)}: {error.message}"[:300]
