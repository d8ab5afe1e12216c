from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ThreadConfig(AppConfig):
    name = "commonweal.foundations.thread"
    label = "thread"

    def ready(self) -> None:
        autodiscover_modules("steps")
