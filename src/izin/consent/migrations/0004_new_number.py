"""A new number is one more way in which we learn of a refusal."""

from django.db import migrations, models

METHODS = [
    ("web_form", "web form"),
    ("wa_keyword", "WhatsApp message"),
    ("wa_button", "WhatsApp button"),
    ("wa_setting", "WhatsApp setting"),
    ("paper", "paper form"),
    ("counter", "at the counter"),
    ("call", "phone call"),
    ("qr", "QR code"),
    ("staff", "recorded by staff"),
    ("letter", "letter or e-mail"),
    ("preferences", "preference page"),
    ("silence", "no answer to our question"),
    ("new_number", "new number"),
]


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_holds_and_pauses")]
    operations = [
        migrations.AlterField("evidence", "method", models.CharField(choices=METHODS, max_length=12)),
    ]
