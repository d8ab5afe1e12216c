"""Coming in and going out: allauth's flows in our own pages.

A page here says the same, in the same time, whether or not an address is known; what differs goes by mail to whoever
owns the address.
"""

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.stagekit import clear_login
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundations.verbs.access import Request, open_to_all

from .. import forms
from ..adapter import NAME_GIVEN


class Refusing:
    """What cannot be used is answered with 422, so that nothing on the way takes it for done."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 422
        return response


class Afresh(Refusing):
    """Whoever comes back from the code page begins again, perhaps with another address."""

    def _redirect_to_pending_stage(self, request: Request, stage: object) -> None:
        clear_login(request)


class SignInByCode(Afresh, allauth.RequestLoginCodeView):
    template_name = "people/sign_in.html"

    def get_form_class(self) -> type[forms.SignInByCode]:
        return forms.SignInByCode


class Code(Refusing, allauth.ConfirmLoginCodeView):
    template_name = "people/code.html"

    def get_form_class(self) -> Any:
        return super().get_form_class() if self._action == "resend" else forms.Code


class SignInByPassword(Afresh, allauth.LoginView):
    template_name = "people/sign_in_by_password.html"

    def get_form_class(self) -> type[forms.SignInByPassword]:
        return forms.SignInByPassword


class Join(Afresh, allauth.SignupView):
    template_name = "people/join.html"

    def get_form_class(self) -> type[forms.Join]:
        return forms.Join

    def form_valid(self, form: forms.Join) -> HttpResponse:
        self.request.session[NAME_GIVEN] = form.cleaned_data["name"]
        response: HttpResponse = super().form_valid(form)
        return response


_asks = require_http_methods(["GET", "HEAD", "POST"])
sign_in = open_to_all(_asks(SignInByCode.as_view()))
code = open_to_all(_asks(Code.as_view()))
sign_in_by_password = open_to_all(_asks(SignInByPassword.as_view()))
join = open_to_all(_asks(Join.as_view()))


@open_to_all
@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return redirect("/")
