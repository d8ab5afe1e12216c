from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "commonweal.do.initiatives"
    label = "initiatives"
