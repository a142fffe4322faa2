from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "izin.notices"
    label = "notices"
