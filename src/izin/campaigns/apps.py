from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "izin.campaigns"
    label = "campaigns"
