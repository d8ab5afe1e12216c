from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "commonweal.foundations.audit"
    label = "audit"
