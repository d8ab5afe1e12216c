from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


def _make_table_of_tries(using: str, **_: Any) -> None:
    """The rate limits' table is Django's own and has no migration."""
    call_command("createcachetable", database=using, verbosity=0)


class PeopleConfig(AppConfig):
    name = "commonweal.foundations.people"
    label = "people"

    def ready(self) -> None:
        autodiscover_modules("tasks")
        post_migrate.connect(_make_table_of_tries, sender=self, dispatch_uid="commonweal tries")
