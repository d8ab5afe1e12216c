from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "commonweal.foundations.places"
    label = "places"
