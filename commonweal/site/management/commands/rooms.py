from typing import Any

from django.core.management.base import BaseCommand

from commonweal.site import house


class Command(BaseCommand):
    help = "Print the map of the house, from the READMEs of its rooms."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(house.as_text())
