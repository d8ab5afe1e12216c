from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "commonweal.foundations.audit"
    label = "audit"

    def ready(self) -> None:
        autodiscover_modules("claims")
        import_module("commonweal.foundations.audit.limits")
