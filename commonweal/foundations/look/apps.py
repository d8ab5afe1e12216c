from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .signs import refuse_hidden_signs


class LookConfig(AppConfig):
    name = "commonweal.foundations.look"
    label = "look"

    def ready(self) -> None:
        forms.Field.default_error_messages["required"] = _("Please answer this.")
        forms.CharField.default_validators = [refuse_hidden_signs]
