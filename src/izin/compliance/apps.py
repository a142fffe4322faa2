from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "izin.compliance"
    label = "compliance"
