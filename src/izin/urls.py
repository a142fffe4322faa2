"""All addresses: staff under /staff/, and everything else is an organisation's public page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView


def health(request: HttpRequest) -> HttpResponse:
    """For probes: this process answers."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health", health),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", RedirectView.as_view(pattern_name="staff:home")),
    path("staff/", include("izin.staff.urls")),
    path("", include("izin.public.urls")),
]
