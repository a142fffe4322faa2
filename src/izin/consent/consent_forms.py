"""The forms by which people are asked: drafts, and versions that are never changed once published.

A published form fixes, for each purpose, the notice version that is shown with it. A new version that changes what was
agreed to marks the earlier consents that it no longer covers (GDPR Art. 13(3); EDPB 05/2020 ¶110; PDPA s.7(2)(c)).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from izin.consent.models import ConsentForm, Coverage, FormVersion, Purpose, Standing
from izin.consent.purposes import add_purpose, current_wording
from izin.ledger import log
from izin.ledger.chain import canonical, leaf_hash
from izin.lib.clock import now
from izin.lib.errors import IzinError
from izin.notices import asking, wording
from izin.notices.asking import SHORTEST_REASON, Choice, Draft, Refusal
from izin.notices.changes import ASK, Change, asks_anew, changes
from izin.notices.models import NoticeVersion
from izin.notices.publishing import publish_notice
from izin.organisations.models import Organisation
from izin.organisations.scope import current

DAYS_IN_MONTH = 30
Asked = list[tuple[Purpose, NoticeVersion]]


class NotYet(IzinError):
    """The form may not be published yet; ``refusals`` lists why."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        listed = ", ".join(f"{one.at} ({one.language or 'form'}: {one.code})" for one in refusals)
        super().__init__(f"The form cannot be published yet. Correct: {listed}.")
        self.refusals = list(refusals)


def start(key: str, titles: Mapping[str, str], who: wording.Particulars) -> ConsentForm:
    """A new form: a draft that asks for the purposes which the organisation has, in the words that it has used so far;
    what those did not say comes from the house's first texts.
    """
    purposes = list(Purpose.objects.all())
    said = current_wording(purposes[0]) if purposes else None
    texts = {
        language: {slot: (said.texts[language].get(slot) if said else None) or text for slot, text in parts.items()}
        for language, parts in wording.shared(who).items()
    }
    draft = Draft(dict(titles), tuple(choice_of(purpose) for purpose in purposes), texts)
    moment = now()
    return ConsentForm.objects.create(key=key, draft=_plain(draft), drafted_at=moment, created_at=moment)


def save(form: ConsentForm, draft: Draft) -> None:
    """Keep the draft, whatever is still missing in it. What is published stays as it is."""
    form.draft, form.drafted_at = _plain(_settled(draft)), now()
    form.save(update_fields=["draft", "drafted_at"])


def draft_of(form: ConsentForm) -> Draft:
    """What staff have written so far."""
    return msgspec.convert(form.draft, Draft)


def choice_of(purpose: Purpose) -> Choice:
    """A purpose that the organisation has, as a box of a form."""
    return Choice(
        purpose.key,
        names={"ms": purpose.name_ms, "en": purpose.name_en},
        kinds={"ms": purpose.description_ms, "en": purpose.description_en},
        category=purpose.category,
        months=purpose.lifetime_days // DAYS_IN_MONTH,
    )


def publish(form: ConsentForm, *, by: UUID | None = None, wording_only: str = "") -> FormVersion:
    """The next version of the form, from its draft; the standing one when nothing differs. Raises NotYet.

    ``wording_only`` is the reason why a person holds that a change leaves untouched what was agreed to; it is kept with
    the version, and earlier consents are then not marked.
    """
    log.hold()
    draft = draft_of(form)
    if found := asking.refusals(draft):
        raise NotYet(found)
    name = _organisation()
    asked = [_publish_choice(draft, choice, name, wording_only) for choice in draft.choices]
    content: dict[str, Any] = {
        "form": _plain(draft),
        "notices": {str(purpose.id): str(version.id) for purpose, version in asked},
    }
    if is_reason(wording_only):
        content["wording_only"] = wording_only.strip()
    digest = leaf_hash(canonical(content)).hex()
    standing = newest(form)
    if standing and standing.digest == digest:
        return standing
    number = (standing.number if standing else 0) + 1
    entry = log.append(
        "form.published",
        {
            "form": form.key,
            "number": number,
            "digest": digest,
            "notices": [version.digest for _, version in asked],
            "by": str(by) if by else None,
        },
    )
    return FormVersion.objects.create(
        form=form,
        number=number,
        content=content,
        digest=digest,
        published_at=now(),
        published_by=by,
        entry_seq=entry.seq,
    )


def publish_wording(
    purpose: Purpose, texts: Mapping[str, Mapping[str, str]], *, wording_only: str = ""
) -> NoticeVersion:
    """The next version of a purpose's notice; marks the consents that it no longer covers, but for a stated reason.

    Raises Incomplete (notices.publishing).
    """
    before = current_wording(purpose)
    version = publish_notice(purpose.notice.key, texts)
    if before and before.id != version.id and not is_reason(wording_only):
        _mark(purpose, version, changes(before.texts, texts))
    return version


def close(form: ConsentForm, closed: bool) -> None:
    """Stop asking by this form, or ask again. Codes that were handed out stay good."""
    log.append("form.closed" if closed else "form.opened", {"form": form.key})
    form.closed_at = now() if closed else None
    form.save(update_fields=["closed_at"])


def let_frame(form: ConsentForm, origins: Sequence[str]) -> None:
    """The sites that may show this form in a frame: ``https://host[:port]`` each, checked by ``asking.origins_in``."""
    if list(origins) != form.frame_origins:
        log.append("form.framing", {"form": form.key, "origins": list(origins)})
        form.frame_origins = list(origins)
        form.save(update_fields=["frame_origins"])


def newest(form: ConsentForm) -> FormVersion | None:
    """The version that visitors see."""
    return FormVersion.objects.select_related("form").filter(form=form).first()


def asked_by(version: FormVersion) -> Asked:
    """The purposes of a published form, each with the wording that it fixed, in their order."""
    fixed = version.content["notices"]
    purposes = Purpose.objects.in_bulk(fixed.keys())
    versions = NoticeVersion.objects.select_related("notice").in_bulk(fixed.values())
    by_id = {str(key): row for key, row in (purposes | versions).items()}
    return [(by_id[purpose], by_id[notice]) for purpose, notice in fixed.items()]


def difference(form: ConsentForm) -> list[tuple[Choice, Purpose | None, list[Change]]]:
    """What publishing the draft would change in the wording of each purpose; a new purpose has nothing to compare."""
    draft, name, found = draft_of(form), _organisation(), []
    for choice in draft.choices:
        purpose = Purpose.objects.filter(key=choice.key).first()
        before = current_wording(purpose) if purpose else None
        after = asking.notice_of(draft, choice, name)
        found.append((choice, purpose, changes(before.texts, after) if before else []))
    return found


def in_force(purpose: Purpose) -> "QuerySet[Standing]":
    """The consents to this purpose that stand now."""
    return Standing.objects.filter(Standing.in_force(now()), purpose=purpose)


def uncovered(purpose: Purpose) -> "QuerySet[Standing]":
    """The consents that stand, but were given to a wording from before the latest change of what is agreed to."""
    mark = Coverage.objects.filter(purpose=purpose).select_related("notice_version").order_by("-entry_seq").first()
    if mark is None:
        return Standing.objects.none()
    earlier = {"because__notice_version__number__lt": mark.notice_version.number}
    return in_force(purpose).filter(because__notice_version__notice=mark.notice_version.notice_id, **earlier)


def is_reason(text: str) -> bool:
    """Whether this is long enough to be a reason rather than a word."""
    return len(text.strip()) >= SHORTEST_REASON


def _publish_choice(
    draft: Draft, choice: Choice, organisation: str, wording_only: str
) -> tuple[Purpose, NoticeVersion]:
    texts = asking.notice_of(draft, choice, organisation)
    purpose = Purpose.objects.select_related("notice").filter(key=choice.key).first()
    if purpose is not None:
        return purpose, publish_wording(purpose, texts, wording_only=wording_only)
    version = publish_notice(choice.key, texts)
    added = add_purpose(
        choice.key,
        name=dict(choice.names),
        description=dict(choice.kinds),
        notice=version.notice,
        category=Purpose.Category(choice.category),
        lifetime_days=choice.months * DAYS_IN_MONTH,
    )
    return added, version


def _mark(purpose: Purpose, version: NoticeVersion, found: list[Change]) -> None:
    if not asks_anew(found):
        return
    parts = sorted({change.slot for change in found if change.weight == ASK})
    body = {"notice": version.notice.key, "number": version.number, "purpose": purpose.key, "parts": parts}
    entry = log.append("notice.asks_anew", body)
    Coverage.objects.create(purpose=purpose, notice_version=version, parts=parts, at=now(), entry_seq=entry.seq)


def _settled(draft: Draft) -> Draft:
    """Name, category and lifetime of a purpose that exists are what they were when people agreed to it."""
    known = {purpose.key: choice_of(purpose) for purpose in Purpose.objects.all()}
    choices = tuple(
        replace(choice, names=one.names, category=one.category, months=one.months)
        if (one := known.get(choice.key))
        else choice
        for choice in draft.choices
    )
    return replace(draft, choices=choices)


def _plain(draft: Draft) -> Any:
    return msgspec.to_builtins(draft)


def _organisation() -> str:
    return Organisation.objects.values_list("name", flat=True).get(id=current())
