from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "izin.rights"
    label = "rights"

    def ready(self) -> None:
        """“DATA SAYA” in a chat is ours to act on."""
        from izin.inbound.hooks import ON_INTENT
        from izin.rights.chat import asked_for_data

        ON_INTENT["my_data"] = asked_for_data
