from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "izin.accountability"
    label = "accountability"
