from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "izin.ledger"
    label = "ledger"
