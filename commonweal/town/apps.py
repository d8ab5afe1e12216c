from django.apps import AppConfig


class TownConfig(AppConfig):
    name = "commonweal.town"
    label = "town"
