"""How allauth behaves at our door."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import Login
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs import clock

from . import actions, languages
from .models import Person, SignIn

#: Where the name that somebody typed waits until the code proves their address.
NAME_GIVEN = "people_name_given"


class Door(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That is not the code we sent. Check your email and try again."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
        "email_password_mismatch": _("The email address or the password is not right."),
    }

    def is_login_by_code_required(self, login: Login) -> bool:
        """Joining always takes a code; a password alone lets in only those who set it after one."""
        return login.signup

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        name = request.session.pop(NAME_GIVEN, "")
        if isinstance(user, SignIn) and user.person_id is None:
            actions.join(name=name, email=user.email, at=clock.now(), language=translation.get_language())
            user = SignIn.objects.get(pk=user.pk)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        languages.remember(response, language_of(user.get_username()))
        return response

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of this very house: neither allowed hosts nor trusted origins count."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={context.request.get_host()}, require_https=context.request.is_secure()
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our own words, in the reader's language. allauth asks for account/email/login_code and the like."""
        ours = f"people/mail/{template_prefix.rsplit('/', 1)[-1]}"
        doors = {"sign_in": site(reverse("people:sign_in")), "join": site(reverse("people:join"))}
        with translation.override(language_of(email)):
            super().send_mail(ours, email, context | doors)

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        """Only what went wrong. Our pages say the rest; nothing waits in a cookie with an address in it."""
        if message is not None and level >= messages.ERROR:
            messages.add_message(request, level, message, extra_tags=extra_tags)


def language_of(email: str) -> str:
    """The language of whoever signs in with the address; of this page where nobody does."""
    person = Person.objects.filter(sign_in__email=email.lower()).only("language").first()
    return person.language if person else translation.get_language()


def site(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
