from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "izin.organisations"
    label = "organisations"
