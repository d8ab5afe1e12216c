from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookConfig(AppConfig):
    name = "commonweal.foundations.look"
    label = "look"

    def ready(self) -> None:
        forms.Field.default_error_messages["required"] = _("Please answer this.")
