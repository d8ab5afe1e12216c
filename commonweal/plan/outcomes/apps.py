from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "commonweal.plan.outcomes"
    label = "outcomes"
