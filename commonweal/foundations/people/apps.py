from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "commonweal.foundations.people"
    label = "people"
