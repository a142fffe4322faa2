"""Addresses for people, below the organisation's name: in Malay and English."""

from django.urls import path

from izin.consent.addresses import DATA, PREFERENCES, RECEIPT
from izin.public import views_join, views_my_data, views_policy, views_preferences, views_receipt

app_name = "public"

urlpatterns = [
    path("<slug:slug>/", views_policy.home, name="home"),
    path("<slug:slug>/sertai", views_join.join, name="join"),
    path("<slug:slug>/sertai/<slug:form>", views_join.join, name="join_form"),
    path("<slug:slug>/bingkai/<slug:form>", views_join.framed, name="join_framed"),
    path("<slug:slug>/privasi", views_policy.policy, {"language": "ms"}, name="policy_ms"),
    path("<slug:slug>/privacy", views_policy.policy, {"language": "en"}, name="policy_en"),
    path("<slug:slug>/privasi/versi", views_policy.versions, {"language": "ms"}, name="policy_versions_ms"),
    path("<slug:slug>/privacy/versions", views_policy.versions, {"language": "en"}, name="policy_versions_en"),
    path("<slug:slug>/privasi/versi/<int:number>", views_policy.version, {"language": "ms"}, name="policy_version_ms"),
    path(
        "<slug:slug>/privacy/versions/<int:number>", views_policy.version, {"language": "en"}, name="policy_version_en"
    ),
    *(
        path(
            f"<slug:slug>/{name}/<str:token>",
            views_preferences.preferences,
            {"language": language},
            name=f"preferences_{language}",
        )
        for language, name in PREFERENCES.items()
    ),
    *(
        path(
            f"<slug:slug>/{name}/<str:token>", views_receipt.receipt, {"language": language}, name=f"receipt_{language}"
        )
        for language, name in RECEIPT.items()
    ),
    *(
        path(
            f"<slug:slug>/{name}/<str:token>/{name}.pdf",
            views_receipt.receipt_document,
            {"language": language},
            name=f"receipt_pdf_{language}",
        )
        for language, name in RECEIPT.items()
    ),
    *(
        path(f"<slug:slug>/{name}", views_my_data.start, {"language": language}, name=f"my_data_start_{language}")
        for language, name in DATA.items()
    ),
    *(
        path(
            f"<slug:slug>/{name}/<str:token>", views_my_data.my_data, {"language": language}, name=f"my_data_{language}"
        )
        for language, name in DATA.items()
    ),
    path("<slug:slug>/my-data/<str:token>/my-data.json", views_my_data.file, name="my_data_file"),
    path("<slug:slug>/my-data/<str:token>/my-data.pdf", views_my_data.document, name="my_data_document"),
    path("<slug:slug>/receipt/<str:token>/receipt.jsonld", views_receipt.receipt_file, name="receipt_file"),
    path("<slug:slug>/key.txt", views_receipt.verifier_key, name="verifier_key"),
    path("<slug:slug>/checkpoint.txt", views_receipt.checkpoint, name="checkpoint"),
]
