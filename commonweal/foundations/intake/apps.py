from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "commonweal.foundations.intake"
    label = "intake"
