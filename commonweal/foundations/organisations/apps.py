from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "commonweal.foundations.organisations"
    label = "organisations"
