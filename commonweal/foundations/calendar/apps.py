from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "commonweal.foundations.calendar"
    label = "calendar"
