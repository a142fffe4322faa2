from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "izin.consent"
    label = "consent"
