"""From an armed row to the bytes that are posted: open what is sealed, fill the template."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from izin.campaigns import lifecycle, preflight
from izin.campaigns.models import Campaign
from izin.consent import preferences
from izin.contacts.book import open_identity, open_key, open_name
from izin.dispatch.store import Armed
from izin.lib.keyring import OrganisationKeys, Sealer, Unreadable, associated, blind_index, seal, unseal
from izin.whatsapp.render import TemplateText, render
from izin.whatsapp.wire import encode, text_message

TOKEN_PREFIX = "v1."  # noqa: S105 - the version of the token's form, not a secret


@dataclass(frozen=True, slots=True)
class Wording:
    """What a campaign says: its templates by id, what stands in their placeholders, and the organisation's address.

    It is not ``as_approved`` when a template was changed at Meta since: nobody agreed to what would leave.
    """

    templates: Mapping[UUID, TemplateText]
    parameters: Mapping[str, Mapping[str, str]]
    slug: str = ""
    as_approved: bool = True

    @property
    def links(self) -> bool:
        """Whether each message holds the link to its reader's own page."""
        return any(source.get("field") == "preferences_link" for source in self.parameters.values())


@dataclass(frozen=True, slots=True)
class Letter:
    """A body ready to be posted, and the recipient's own key, under which the message id will be sealed.

    ``is_marketing``: it goes to the Marketing Messages endpoint.
    """

    body: bytes
    key: Sealer
    is_marketing: bool = False


def wording_of(campaign_id: UUID) -> Wording:
    """Read a campaign's templates and parameters, inside its organisation's scope."""
    campaign = Campaign.objects.select_related("sender", "organisation").get(id=campaign_id)
    templates = preflight.templates_of(campaign)
    return Wording(
        {
            template.id: TemplateText.from_components(
                template.name, template.language, template.category, template.components
            )
            for template in templates
        },
        campaign.parameters,
        campaign.organisation.slug,
        lifecycle.is_as_approved(campaign),
    )


def write_letter(
    armed: Armed, wording: Wording | None, keys: OrganisationKeys, *, marketing_endpoint: bool = False
) -> Letter:
    """The body for one armed message. With ``marketing_endpoint`` a marketing template is written for that one.

    Raises Unreadable for damaged ciphertext, MissingValue for a gap and ValueError for what is no number.
    """
    if armed.identity_id is None or armed.identity_sealed is None or armed.key_wrapped is None or armed.token is None:
        raise Unreadable
    key = Sealer(open_key(keys, armed.contact_id, armed.key_wrapped))
    to = open_identity(keys.organisation_id, armed.identity_id, key, armed.identity_sealed)
    token = shown_token(armed.token)
    if armed.text_sealed is not None:
        place = associated(keys.organisation_id, "dispatch_message", "text_sealed", armed.message_id)
        text = unseal(key, armed.text_sealed, place).decode()
        return Letter(encode(text_message(to, text, token=token)), key)
    if wording is None or armed.template_id not in wording.templates:
        raise Unreadable
    name = open_name(keys.organisation_id, armed.contact_id, key, armed.name_sealed)
    template = wording.templates[armed.template_id]
    link = preferences.link(wording.slug, armed.contact_id, template.language, keys) if wording.links else ""
    is_marketing = marketing_endpoint and template.category == "MARKETING"
    values = fill(wording.parameters, name, link)
    return Letter(render(template, values, to=to, token=token, for_marketing=is_marketing), key, is_marketing)


def fill(parameters: Mapping[str, Mapping[str, str]], name: str, link: str) -> dict[str, str]:
    """The value of each placeholder for a person with this name and this link to the own preference page."""
    return {placeholder: _value(source, name, link) for placeholder, source in parameters.items()}


def _value(source: Mapping[str, str], name: str, link: str) -> str:
    if source.get("field") == "preferences_link":
        return link
    return name or source.get("fallback", "") if source.get("field") == "name" else source.get("text", "")


def shown_token(token: bytes) -> str:
    """The token as WhatsApp echoes it (``biz_opaque_callback_data``): opaque, random, short."""
    return TOKEN_PREFIX + urlsafe_b64encode(token).rstrip(b"=").decode()


def read_token(shown: str | None) -> bytes | None:
    """Our 16 bytes in an echoed token; None for anything that we did not write."""
    if not shown or not shown.startswith(TOKEN_PREFIX):
        return None
    try:
        token = urlsafe_b64decode(shown[len(TOKEN_PREFIX) :] + "==")
    except ValueError:
        return None
    return token if len(token) == 16 else None


def wamid_index(keys: OrganisationKeys, wamid: str) -> bytes:
    """The keyed hash by which a message id is found; the id itself contains the number in base64."""
    return blind_index(keys.message_index, "wamid", wamid)


def seal_wamid(keys: OrganisationKeys, key: bytes | Sealer, message_id: UUID, wamid: str) -> bytes:
    """The message id as its row keeps it, under the recipient's own key."""
    return seal(key, wamid, associated(keys.organisation_id, "dispatch_message", "wamid_sealed", message_id))
