"""Staff addresses. Everything of an organisation stands below its name."""

from django.urls import include, path

from izin.staff import (
    views_campaigns,
    views_compose,
    views_contacts,
    views_design,
    views_entry,
    views_evidence,
    views_import,
    views_ledger,
    views_objections,
    views_overview,
    views_policy,
    views_purposes,
    views_recipients,
    views_replies,
    views_templates,
)

app_name = "staff"

of_organisation = [
    path("", views_overview.overview, name="overview"),
    path("contacts", views_contacts.contacts, name="contacts"),
    path("contacts/import", views_import.new, name="import"),
    path("contacts/import/<uuid:file>", views_import.result, name="imported"),
    path("contacts/import/<uuid:file>/progress", views_import.progress, name="import_progress"),
    path("contacts/import/<uuid:file>/rejected.csv", views_import.rejected, name="import_rejected"),
    path("contacts/<uuid:contact>", views_evidence.contact, name="contact"),
    path("contacts/<uuid:contact>/evidence.zip", views_evidence.person_evidence, name="person_evidence"),
    path("replies", views_replies.inbox, name="replies"),
    path("replies/corrections.tsv", views_replies.corrected, name="corrections"),
    path("replies/<uuid:reply>", views_replies.conversation, name="reply"),
    path("objections/new", views_objections.new, name="objection_new"),
    path("objections/recorded", views_objections.recorded, name="objection_recorded"),
    path("purposes", views_purposes.purposes, name="purposes"),
    path("purposes/new", views_purposes.new, name="purpose_new"),
    path("purposes/<uuid:purpose>", views_purposes.purpose, name="purpose"),
    path("privacy-policy", views_policy.policy, name="policy"),
    path("privacy-policy/versions/<int:number>", views_policy.version, name="policy_version"),
    path("recipients", views_recipients.register, name="recipients"),
    path("recipients/<uuid:recipient>", views_recipients.recipient, name="recipient"),
    path("campaigns", views_campaigns.campaigns, name="campaigns"),
    path("campaigns/new", views_compose.compose, name="campaign_new"),
    path("campaigns/new/preview", views_compose.preview, name="campaign_preview"),
    path("campaigns/<uuid:campaign>", views_campaigns.campaign, name="campaign"),
    path("campaigns/<uuid:campaign>/progress", views_campaigns.progress, name="campaign_progress"),
    path("campaigns/<uuid:campaign>/report", views_campaigns.report, name="campaign_report"),
    path("campaigns/<uuid:campaign>/evidence.zip", views_evidence.campaign_evidence, name="campaign_evidence"),
    path("campaigns/<uuid:campaign>/<slug:step>", views_campaigns.take_step, name="campaign_step"),
    path("templates", views_templates.templates, name="templates"),
    path("templates/new", views_templates.new, name="template_new"),
    path("ledger", views_ledger.ledger, name="ledger"),
    path("ledger/verify", views_ledger.verify, name="ledger_verify"),
    path("ledger/checkpoint.txt", views_ledger.checkpoint, name="checkpoint"),
]

urlpatterns = [
    path("", views_entry.home, name="home"),
    path("sign-in", views_entry.SignIn.as_view(), name="sign_in"),
    path("sign-out", views_entry.SignOut.as_view(), name="sign_out"),
    path("design", views_design.design, name="design"),
    path("<slug:organisation>/", include(of_organisation)),
]
