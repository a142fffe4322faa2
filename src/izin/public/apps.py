from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "izin.public"
    label = "public"
