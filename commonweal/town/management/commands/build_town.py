from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.foundations.places.models import Place
from commonweal.foundations.verbs import clock
from commonweal.town import building


class Command(BaseCommand):
    help = "Build the demonstration place in an empty database; nothing where it stands already."

    def handle(self, *args: Any, **options: Any) -> None:
        if Place.objects.filter(is_demonstration=True).exists():
            return
        try:
            building.build(at=clock.now())
        except building.AnotherPlaceIsHere as refusal:
            raise CommandError(str(refusal)) from refusal
