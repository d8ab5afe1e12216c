from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "commonweal.foundations.work"
    label = "work"
