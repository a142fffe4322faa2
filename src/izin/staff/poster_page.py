"""The poster of a form: one A4 page as PDF, in both languages, whose code leads to the form (decision 0024)."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from izin.consent.models import FormVersion
from izin.lib.qr import qr
from izin.lib.typeset import Block, Document, Heading, Paragraph, Picture, Points
from izin.notices import chat
from izin.notices.completeness import LANGUAGES


def poster(version: FormVersion, *, organisation: str, address: str, number: str) -> Document:
    """What is printed. ``number``: where people may write instead, as it is shown; empty when there is none.

    The same version makes the same bytes.
    """
    titles = version.content["form"]["titles"]
    blocks: list[Block] = [Picture(str(qr(address, sturdy=True)), address, 8.5), Paragraph(address)]
    for language in LANGUAGES:
        with override(language):
            blocks += _in_language(titles[language], chat.code_of(version.form.key), number, language)
    subtitle = " · ".join(titles[language] for language in LANGUAGES)
    return Document(organisation, LANGUAGES[0], blocks, version.published_at, subtitle, footer=version.name)


def _in_language(title: str, code: str, number: str, language: str) -> list[Block]:
    steps = [
        _("Scan the code with your phone."),
        _("Read, and choose what you would like to receive."),
        _("Send the code you get from your own WhatsApp."),
    ]
    blocks: list[Block] = [Heading(title, 2), Points(steps)]
    if code and number:
        said = _("Or send %(words)s by WhatsApp to %(number)s: you get the text to read, and answer there.")
        blocks.append(Paragraph(said % {"words": f"{chat.KEYWORD[language]} {code}", "number": number}))
    small = _(
        "For people of 18 and over. It is free to refuse, and nothing depends on it. "
        "Reply BERHENTI at any time and the messages stop."
    )
    return [*blocks, Paragraph(small, is_small=True)]
