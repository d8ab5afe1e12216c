from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "commonweal.foundations.publishing"
    label = "publishing"
