"""What people may send us about themselves, and at the door."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from . import actions
from .models import Person, Role, SignIn


def _address() -> forms.EmailField:
    return forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your email address"),
            "invalid": _("Enter an email address in the right form, like name@example.org"),
        },
    )


def _password(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"}),
        **kwargs,
    )


class SignInByCode(allauth.RequestLoginCodeForm):
    _user: SignIn | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _address()

    def clean_email(self) -> str:
        """A key that nobody has proved is as good as none: its owner is told how to join."""
        email: str = super().clean_email()
        if self._user is not None and self._user.person_id is None:
            self._user = None
        return email


class Code(allauth.ConfirmLoginCodeForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("The code is in the email that we just sent. It works for 15 minutes."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": _("Enter the code from the email")},
    )


class SignInByPassword(allauth.LoginForm):
    field_order = ["login", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = _address()
        self.fields["password"] = _password(
            _("Password"), "current-password", error_messages={"required": _("Enter your password")}
        )

    def _setup_password_field(self) -> None:
        """Joining asks for no password, yet here one may be used."""


class Join(allauth.SignupForm):
    field_order = ["name", "email"]
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("What you would like to be called. Others see it beside what you say."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter a name")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _address()
        self.order_fields(self.field_order)

    def validate_unique_email(self, email: str) -> str:
        self.account_already_exists = SignIn.objects.filter(email=email.lower(), person__isnull=False).exists()
        validate_email(email)
        return email

    def save(self, request: Any) -> SignIn:
        """Only a key is made. The person comes with the code: see `Door.login`."""
        return actions.ask_for_key(email=self.cleaned_data["email"])


class Contact(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("What we call you in letters and email."))
    shown_as = forms.CharField(
        label=_("Name that others see"),
        max_length=120,
        required=False,
        help_text=_("Leave this empty to show the name above."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en-gb", "English"), ("cy", "Cymraeg")])
    reach = forms.ChoiceField(label=_("How may we reach you?"), choices=Person.Reach, widget=forms.RadioSelect)
    postal_address = forms.CharField(
        label=_("Postal address"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "govuk-input--width-10"}),
    )
    contact_is_unsafe = forms.BooleanField(
        label=_("It is not safe to contact me: somebody else may read my letters or email"), required=False
    )

    def clean_postcode(self) -> str:
        typed = "".join(self.cleaned_data["postcode"].upper().split())
        if len(typed) > 7:
            raise forms.ValidationError(_("Enter a postcode like N3 2TH"), "too_long")
        return f"{typed[:-3]} {typed[-3:]}" if len(typed) > 3 else typed


class NewPassword(forms.Form):
    """A new password; with the old one where there is one and the person did not just prove their address by code."""

    def __init__(self, *args: Any, key: SignIn, asks_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        if asks_old:
            self.fields["old"] = _password(_("Your password now"), "current-password")
        self.fields["new"] = _password(
            _("New password"), "new-password", help_text=_("At least 10 characters. Three words in a row are good.")
        )

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.key.check_password(old):
            raise forms.ValidationError(_("This is not your password now."), "wrong")
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.key)
        return new


class Leave(forms.Form):
    sure = forms.BooleanField(
        label=_("I am sure that I want to be forgotten"), error_messages={"required": _("Tick this if you are sure")}
    )


class Entrust(forms.Form):
    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind, widget=forms.RadioSelect)


class Forget(forms.Form):
    because = forms.ChoiceField(label=_("Why?"), choices=actions.Because, widget=forms.RadioSelect)
