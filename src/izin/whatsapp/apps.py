from django.apps import AppConfig


class WhatsappConfig(AppConfig):
    name = "izin.whatsapp"
    label = "whatsapp"
