from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "izin.contacts"
    label = "contacts"
