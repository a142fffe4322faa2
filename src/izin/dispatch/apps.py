from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "izin.dispatch"
    label = "dispatch"
