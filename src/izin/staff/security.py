"""What the browser is told to refuse: anything that is not served by us, and every script or style inside the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)


class ContentSecurityPolicy:
    """Middleware that sends the policy with every answer, errors and static files among them.

    Nobody may frame a page, unless its answer names the sites that may in ``frame_ancestors``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ancestors = " ".join(getattr(response, "frame_ancestors", ())) or "'none'"
        response.headers.setdefault("Content-Security-Policy", POLICY + ancestors)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response
