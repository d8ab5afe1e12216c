from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "commonweal.review.accountability"
    label = "accountability"
