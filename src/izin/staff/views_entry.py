"""In and out, and to the organisation that somebody works for."""

from typing import Any

from django import forms
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from izin.organisations import registry


class SignInForm(AuthenticationForm):
    """E-mail address and password; the answer to a wrong one does not say which of the two it was."""

    username = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": _("This e-mail address and password do not belong together. Please try again."),
        "inactive": _("This e-mail address and password do not belong together. Please try again."),
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


class SignIn(auth.LoginView):
    template_name = "staff/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return super().get_context_data(**given) | {"next": self.get_redirect_url()}


class SignOut(auth.LogoutView):
    next_page = "staff:sign_in"


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the only organisation, or the choice between several."""
    memberships = registry.memberships_of(request.user)  # type: ignore[arg-type]
    if len(memberships) == 1:
        return redirect("staff:overview", organisation=memberships[0].organisation.slug)
    return TemplateResponse(request, "staff/home.html", {"memberships": memberships})
