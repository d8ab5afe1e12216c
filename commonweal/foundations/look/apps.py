from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "commonweal.foundations.look"
    label = "look"
