from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "commonweal.foundations.notices"
    label = "notices"
