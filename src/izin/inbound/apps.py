from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "izin.inbound"
    label = "inbound"
