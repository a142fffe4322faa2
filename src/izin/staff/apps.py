from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "izin.staff"
    label = "staff"
