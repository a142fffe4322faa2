from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "izin.rights"
    label = "rights"
