from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from . import guards


def _make_guards_again(using: str, **_: Any) -> None:
    guards.install(connections[using])


class VerbsConfig(AppConfig):
    name = "commonweal.foundations.verbs"
    label = "verbs"

    def ready(self) -> None:
        autodiscover_modules("guards")
        post_migrate.connect(_make_guards_again, sender=self, dispatch_uid="commonweal guards")
