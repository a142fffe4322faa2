"""Who may open which page. One decorator stands before every page of an organisation.

The organisation is the one in the address. Somebody who is no member of it gets the same 404 as for an address that
does not exist, so that nobody can find out which organisations there are. A member whose role does not include the
page gets a 403: that much they may know of their own organisation.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from izin.campaigns import stopping
from izin.inbound import replies
from izin.organisations import registry
from izin.organisations.models import Membership, Organisation, Role
from izin.organisations.roles import ADMINS, APPROVERS, COMPOSERS, OFFICERS, SEES_NAMES, is_among
from izin.organisations.scope import scope

__all__ = ["ADMINS", "APPROVERS", "COMPOSERS", "OFFICERS", "SEES_NAMES", "StaffRequest", "may", "staff_page"]


class StaffRequest(HttpRequest):
    """A request behind ``staff_page``: it knows the organisation and what this member may do there."""

    organisation: Organisation
    membership: Membership
    replies_waiting: int  # for the frame around the page, as is the next
    stops: Sequence[object]


def may(request: StaffRequest, roles: tuple[Role, ...]) -> bool:
    """Whether the member has one of these roles; an administrator has them all."""
    return is_among(request.membership.role, roles)


def staff_page(*roles: Role, to_change: tuple[Role, ...] = (), snapshot: bool = False) -> Callable[..., Any]:
    """Open the page to members with one of ``roles`` (none named: to all), inside the organisation's scope.

    ``to_change`` narrows who may POST. ``snapshot`` lets the page see one moment of the database. The scope is open
    until the page is rendered, so that a template may follow a reference.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: StaffRequest, organisation: str, **captured: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            organisation_id = registry.organisation_at(organisation)
            if organisation_id is None:
                raise Http404
            with _transaction(snapshot), scope(organisation_id):
                _admit(request, roles or tuple(Role))
                if request.method not in ("GET", "HEAD"):
                    _require(request, to_change or tuple(Role))
                response = view(request, **captured)
                if callable(getattr(response, "render", None)):
                    response.render()
            patch_cache_control(response, private=True, no_store=True)
            return response

        return page

    return decorate


def _admit(request: StaffRequest, roles: tuple[Role, ...]) -> None:
    membership = Membership.objects.select_related("organisation").filter(user=request.user).first()
    if membership is None:
        raise Http404
    request.membership, request.organisation = membership, membership.organisation
    request.replies_waiting = replies.waiting().count()
    request.stops = stopping.in_force()
    _require(request, roles)


def _require(request: StaffRequest, roles: tuple[Role, ...]) -> None:
    if not may(request, roles):
        raise PermissionDenied


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a part of a page that asks for news takes the whole window there."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(redirect_to_login("/").headers["Location"])
    return redirect_to_login(request.get_full_path())


@contextmanager
def _transaction(snapshot: bool) -> Iterator[None]:
    with transaction.atomic():
        if snapshot:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
