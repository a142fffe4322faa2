"""The endpoints about templates: list, create, show, edit, unpause, delete."""

from typing import Any
from urllib.parse import urlencode

import msgspec

from izin_simulator.access import MANAGEMENT
from izin_simulator.answers import json_answer
from izin_simulator.cloud import Cloud
from izin_simulator.config import Template
from izin_simulator.errors import GraphError
from izin_simulator.graph import Graph, Handler, given
from izin_simulator.http import Request, Response
from izin_simulator.identifiers import template_id
from izin_simulator.paging import cursor, offset, page_size
from izin_simulator.templates import created, edited, listed

_DELETED_AT_ONCE = 100
_TEMPLATE_LIMIT = 250


class TemplateEndpoints:
    """Handlers, each given the request and the id in its path."""

    def __init__(self, cloud: Cloud, graph: Graph) -> None:
        self._cloud = cloud
        self._graph = graph
        self._catalogue = cloud.memory.holdings.catalogue

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Return the handlers by method and what follows the id in the path."""
        return {
            ("GET", "message_templates"): self.templates,
            ("POST", "message_templates"): self.create,
            ("DELETE", "message_templates"): self.delete,
            ("POST", "unpause"): self.unpause,
        }

    async def templates(self, request: Request, account_id: str) -> Response:
        """List templates, a page at a time; `fields`, `limit`, `after` and equality filters as at Meta."""
        self._graph.account(request, account_id)
        fields = {f for f in request.query.get("fields", "").split(",") if f}
        found = self._catalogue.listing(request.query)
        start = offset(request.query.get("after"))
        size = page_size(request.query.get("limit"))
        page = found[start : start + size]
        answer: dict[str, Any] = {"data": [self._listed(template, fields) for template in page]}
        if page:
            cursors = {"before": cursor(start), "after": cursor(start + len(page))}
            answer["paging"] = {"cursors": cursors}
            if start + len(page) < len(found):
                following = urlencode(request.query | {"after": cursors["after"]})
                answer["paging"]["next"] = f"{request.target}?{following}"
        if wanted := request.query.get("summary"):
            answer["summary"] = self._summary(wanted.split(","), len(found))
        return self._graph.counted(answer)

    async def create(self, request: Request, account_id: str) -> Response:
        """Create a template; it is PENDING until its review, which may be at once."""
        now = self._graph.account(request, account_id)
        template = created(given(request))
        self._cloud.access.count_creation(now)
        await self._cloud.estate.create_template(template)
        new_id = template_id(template.name, template.language)
        return self._graph.counted({"id": new_id, "status": "PENDING", "category": template.category})

    async def show(self, request: Request, wanted: str) -> Response:
        """Show one template."""
        template = self._one(request, wanted)
        fields = {f for f in request.query.get("fields", "").split(",") if f}
        return json_answer(self._listed(template, fields))

    async def edit(self, request: Request, wanted: str) -> Response:
        """Replace the components of a template; it is PENDING again."""
        template = self._one(request, wanted)
        await self._cloud.estate.edit_template(template, edited(template, given(request)))
        return json_answer({"success": True})

    async def unpause(self, request: Request, wanted: str) -> Response:
        """End a pause by hand, as one by pacing needs it."""
        if not await self._cloud.estate.unpause(self._one(request, wanted)):
            raise GraphError(100, "The template is not paused.")
        return json_answer({"success": True})

    async def delete(self, request: Request, account_id: str) -> Response:
        """Delete by `name` in all languages, by `hsm_id` and `name` in one, or by `hsm_ids`."""
        self._graph.account(request, account_id)
        await self._cloud.estate.delete_templates(self._wanted(request.query))
        return self._graph.counted({"success": True})

    def _summary(self, wanted: list[str], found: int) -> dict[str, Any]:
        """Return what was asked for of the sums over the account."""
        whole = {
            "total_count": found,
            "message_template_count": len(self._catalogue.listing({})),
            "message_template_limit": _TEMPLATE_LIMIT,
            "are_translations_complete": True,
        }
        return {key: value for key, value in whole.items() if key in wanted}

    def _listed(self, template: Template, fields: set[str]) -> dict[str, Any]:
        """A quality that never changed dates from now."""
        rated_at = self._cloud.memory.holdings.rated_at.get((template.name, template.language))
        return listed(template, fields, self._cloud.clock.now() if rated_at is None else rated_at)

    def _one(self, request: Request, wanted: str) -> Template:
        now = self._cloud.clock.now()
        self._cloud.access.authorise(request.headers, request.query, MANAGEMENT, now)
        self._cloud.access.count_app_call(now)
        template = self._catalogue.by_id(wanted)
        if template is None:
            raise GraphError(100, "Object does not exist or does not support this operation.", subcode=33)
        return template

    def _wanted(self, query: dict[str, str]) -> list[Template]:
        name = query.get("name")
        if "hsm_ids" in query:
            try:
                ids = msgspec.json.decode(query["hsm_ids"], type=list[str | int])
            except msgspec.DecodeError as error:
                raise GraphError(100, "hsm_ids must be a list.") from error
            if not ids or len(ids) > _DELETED_AT_ONCE:
                raise GraphError(100, f"hsm_ids has 1 to {_DELETED_AT_ONCE} ids.")
            found = [self._catalogue.by_id(str(one)) for one in ids]
        elif name is None:
            raise GraphError(100, "The parameter name is required.")
        elif "hsm_id" in query:
            one = self._catalogue.by_id(query["hsm_id"])
            found = [one if one is not None and one.name == name else None]
        else:
            found = [*self._catalogue.languages_of(name)] or [None]
        templates = [template for template in found if template is not None]
        if len(templates) < len(found):
            raise GraphError(100, subcode=2593002, user_message="The message template was not found.")
        if any(template.status == "DISABLED" for template in templates):
            raise GraphError(100, "A disabled template cannot be deleted.")
        return templates
