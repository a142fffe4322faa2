"""``/staff/design``: every component in every state, with invented content. Pages use only what is shown here."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from izin.staff.templatetags.izin_ui import LOOKS

NOON = datetime(2026, 3, 2, 12, 0, 5, tzinfo=ZoneInfo("Asia/Kuala_Lumpur"))
LATER = NOON + timedelta(hours=3)
TONES = ("neutral", "brand", "info", "success", "warning", "danger")
BODY = "Assalamualaikum Puan Siti, kelas cuti sekolah dibuka 9 Mac. Daftar awal dapat potongan 10%.\n\nAkademi Cahaya"


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama kempen", help_text="Hanya pasukan anda melihatnya.")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    purpose = forms.ChoiceField(label="Tujuan", choices=[("promosi", "Promosi"), ("jadual", "Jadual kelas")])
    language = forms.ChoiceField(
        label="Bahasa", choices=[("ms", "Bahasa Melayu"), ("en", "English")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="Perkara yang anda mahu terima",
        choices=[("promosi", "Tawaran dan kelas baharu"), ("jadual", "Perubahan jadual")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(
        label="Saya benarkan Akademi Cahaya menghantar mesej WhatsApp tentang kelas baharu.",
        help_text="Anda boleh berhenti pada bila-bila masa.",
    )
    contacts = forms.FileField(label="Fail kenalan", help_text="CSV, sehingga 50 MB.", widget=forms.FileInput)
    closed = forms.CharField(label="Nombor penghantar", disabled=True, initial="+60 3-•••• ••12")


def wrong_form() -> SampleForm:
    """The same form after a bad answer, so that the error of each kind of field shows."""
    form = SampleForm({"name": "", "purpose": "lain"}, auto_id="wrong_%s")
    form.full_clean()
    return form


def samples() -> dict[str, Any]:
    """The invented content that the page shows."""
    outcomes = {"delivered": 1412, "accepted": 288, "queued": 120, "suppressed": 96, "failed": 31, "uncertain": 4}
    return {
        "states": list(LOOKS),
        "tones": TONES,
        "form": SampleForm(),
        "wrong": wrong_form(),
        "crumbs": [{"label": "Kempen", "href": "#"}, {"label": "Cuti sekolah"}],
        "columns": [
            {"label": "Kenalan"},
            {"label": "Nombor"},
            {"label": "Kebenaran"},
            {"label": "Bila"},
            {"label": "Mesej", "numeric": True},
        ],
        "rows": [
            [
                {"text": "S••• A•••", "href": "#", "note": "Ibu bapa, Tahun 4"},
                {"masked": "+60 1•-••• ••41", "reveal_href": "#"},
                {"state": state},
                {"time": NOON - timedelta(days=day)},
                day * 3,
            ]
            for day, state in enumerate(("granted", "pending", "refused", "expired"), start=1)
        ],
        "stats": [
            {"label": "Dirancang", "value": "1,951"},
            {"label": "Diterima", "value": "1,700", "tone": "brand", "note": "87%"},
            {"label": "Disekat", "value": "96", "tone": "neutral", "href": "#", "note": "Lihat sebab"},
            {
                "label": "Diputuskan selepas tarik balik",
                "value": "0",
                "tone": "success",
                "note": "Seperti yang dijanjikan",
            },
        ],
        "segments": [{"state": state, "count": count} for state, count in outcomes.items()],
        "findings": [
            {
                "kind": "blocker",
                "title": "Templat tiada ayat berhenti",
                "text": "Tambah “Balas BERHENTI untuk berhenti” dalam bahasa mesej.",
                "href": "#",
                "link_label": "Ubah templat",
                "source": "P2; GDPR Art. 7(3)",
            },
            {"kind": "gap", "title": "Had mesej nombor penghantar belum diketahui", "text": "WhatsApp belum menjawab."},
            {"kind": "note", "title": "96 orang tidak akan menerima mesej ini"},
        ],
        "page": Paginator(range(240), 25).page(3),
        "entries": [
            {"title": "Kebenaran diberi", "text": "Melalui WhatsApp", "time": NOON, "tone": "success", "icon": "tick"},
            {"title": "Mesej dihantar", "time": LATER, "tone": "brand", "icon": "send", "href": "#"},
            {"title": "Ditarik balik", "text": "BERHENTI", "time": LATER, "tone": "danger", "icon": "stop"},
        ],
        "facts": [
            {"label": "Tujuan", "text": "Promosi"},
            {"label": "Kebenaran", "state": "granted"},
            {"label": "Nombor", "masked": "+60 1•-••• ••41"},
            {"label": "Diberi pada", "time": NOON, "note": "Melalui borang web"},
            {"label": "Catatan lejar", "code": "9f3c5b0e7a1d4c62b8e01f4a77d2c9350b6e8f1a2d3c4b5a69788796a5b4c3d2"},
        ],
        "steps": [
            {"label": _("Compose"), "done": True, "href": "#"},
            {"label": _("Pre-flight"), "done": True, "href": "#"},
            {"label": _("Approve"), "current": True},
            {"label": _("Send")},
        ],
        "body": BODY,
        "buttons": ["Daftar sekarang", "Berhenti"],
        "tabs": [
            {"label": "Bahasa Melayu", "href": "#", "lang": "ms", "current": True},
            {"label": "English", "href": "#", "lang": "en"},
        ],
        "digest": "sha256:9f3c5b0e7a1d4c62b8e01f4a77d2c9350b6e8f1a2d3c4b5a69788796a5b4c3d2",
    }


def design(request: HttpRequest) -> HttpResponse:
    """The page of the design system; ``?theme=light`` or ``?theme=dark`` overrides the system's wish."""
    theme = request.GET.get("theme")
    return render(request, "staff/design.html", samples() | {"theme": theme if theme in ("light", "dark") else None})
