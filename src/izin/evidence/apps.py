from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "izin.evidence"
    label = "evidence"
