"""Addresses for people, below the organisation's name: in Malay and English."""

from django.urls import path

from izin.consent.addresses import PATHS
from izin.public import views_join, views_policy, views_preferences

app_name = "public"

urlpatterns = [
    path("<slug:slug>/", views_policy.home, name="home"),
    path("<slug:slug>/sertai", views_join.join, name="join"),
    path("<slug:slug>/privasi", views_policy.policy, {"language": "ms"}, name="policy_ms"),
    path("<slug:slug>/privacy", views_policy.policy, {"language": "en"}, name="policy_en"),
    *(
        path(
            f"<slug:slug>/{PATHS[language]}/<str:token>",
            views_preferences.preferences,
            {"language": language},
            name=f"preferences_{language}",
        )
        for language in PATHS
    ),
]
