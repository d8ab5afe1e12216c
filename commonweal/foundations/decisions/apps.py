from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "commonweal.foundations.decisions"
    label = "decisions"
