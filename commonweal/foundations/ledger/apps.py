from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "commonweal.foundations.ledger"
    label = "ledger"
