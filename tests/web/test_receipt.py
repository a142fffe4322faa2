"""The receipt that a person gets for an act of consent: page, file, and what the stand-alone verifier says of it."""

import json
import re

import pytest

pytestmark = pytest.mark.usefixtures("database")

NUMBER = "+60123456799"

# What a receipt may say, term for term: all of them are in the Data Privacy Vocabulary 2.3 (dpv, pd, eu-gdpr, legal).
DPV = set(
    re.findall(
        r"\S+",
        """dpv:ConsentReceipt dpv:ConsentRecord dpv:hasRecordOfActivity dpv:hasDataSubject dpv:DataSubject dpv:hasEntity
    dpv:DataController dpv:Organisation dpv:DataProcessor dpv:Recipient dpv:hasName dpv:hasAddress dpv:hasContact
    dpv:hasNotice dpv:ConsentNotice dpv:hasProcess dpv:Process dpv:hasPurpose dpv:Purpose dpv:DirectMarketing
    dpv:hasLegalBasis dpv:hasDataController dpv:hasPersonalData dpv:hasNecessity dpv:Required dpv:Optional
    dpv:hasStorageCondition dpv:StorageLocation dpv:hasLocation dpv:StorageDuration dpv:hasDuration
    dpv:UntilEventDuration dpv:UntilTimeDuration dpv:hasRecipient dpv:hasJurisdiction dpv:hasApplicableLaw
    dpv:hasConsentControl dpv:WithdrawConsent dpv:isExercisedAt dpv:hasRight dpv:hasConsentStatus dpv:ConsentGiven
    dpv:ExpressedConsent dpv:isIndicatedAtTime dpv:isIndicatedBy dpv:hasIndicationMethod pd:TelephoneNumber pd:Name
    eu-gdpr:A6-1-a eu-gdpr:A7-3 eu-gdpr:A15 eu-gdpr:A16 eu-gdpr:A17 eu-gdpr:A18 eu-gdpr:A20 eu-gdpr:A21 eu-gdpr:A77
    legal-eu:law-GDPR legal-my:law-PDPA loc:MY""",
    )
)
# The mandatory fields of ISO/IEC TS 27560 in the GDPR profile, as the vocabulary's guide maps them.
RECORD = {
    "@id",
    "@type",
    "dct:identifier",
    "dct:conformsTo",
    "dpv:hasDataSubject",
    "dpv:hasEntity",
    "dpv:hasNotice",
    "dpv:hasProcess",
    "dpv:hasConsentControl",
    "dpv:hasRight",
    "dpv:hasConsentStatus",
}
PROCESS = {
    "dpv:hasPurpose",
    "dpv:hasPersonalData",
    "dpv:hasStorageCondition",
    "dpv:hasDataController",
    "dpv:hasRecipient",
    "dpv:hasJurisdiction",
    "dpv:hasLegalBasis",
}


@pytest.fixture
def joined(build):
    """The house, and the links of somebody who has just joined by the form and the own message."""
    from izin.consent import joining, preferences, receipts
    from izin.consent.models import Purpose
    from izin.ledger import checkpoints
    from izin.lib.clock import now
    from izin.lib.phone import PhoneNumber
    from izin.organisations.scope import scope

    house = build()
    with scope(house.organisation.id):
        checkpoints.sign()
        code = joining.issue_code(joining.wordings(list(Purpose.objects.all())), language="ms", shown_at=now())
        text = f"SERTAI {code}"
        joined = joining.redeem(code, PhoneNumber(NUMBER), at=now(), message_id="wamid.A", text=text)
        assert joined is not None
        consent = receipts.consents_of(joined.person)[0]
        house.objects["person"] = joined.person
        links = {
            "resit": receipts.link(house.slug, consent, "ms"),
            "receipt": receipts.link(house.slug, consent, "en"),
            "pilihan": preferences.link(house.slug, joined.person.id, "ms"),
        }
    return house, {name: "/" + link.split("/", 3)[3] for name, link in links.items()}


def sign(house):
    from izin.ledger import checkpoints
    from izin.organisations.scope import scope

    with scope(house.organisation.id):
        checkpoints.sign()


def key_of(house):
    from izin.ledger import checkpoints
    from izin.organisations.scope import scope
    from izin_verify.note import Key

    with scope(house.organisation.id):
        return Key.parse(checkpoints.verifier_key())


@pytest.fixture
def receipt(joined, browse):
    house, links = joined
    sign(house)
    response = browse().get(links["receipt"] + "/receipt.jsonld")
    assert (response.status_code, response["Content-Type"]) == (200, "application/ld+json")
    return house, response.content


@pytest.mark.parametrize("name", ["resit", "receipt"])
def test_no_log_and_no_staff_learn_the_secret(joined, browse, logged, name):
    from izin.consent.addresses import hide_links

    _, links = joined
    secret = links[name].rsplit("/", 1)[1]
    assert browse().get(links[name] + "x").status_code == 404
    assert f"/{name}/•••" in logged.getvalue()
    assert secret not in logged.getvalue()
    assert secret not in hide_links(f"Resit anda: {links[name]} Terima kasih")


def test_the_receipt_says_what_was_agreed_to_in_the_words_that_were_seen(joined, browse):
    house, links = joined
    sign(house)
    response = browse().get(links["receipt"])
    body = response.content.decode()
    assert response.status_code == 200 and "Receipt of your consent" in body
    assert "Saya bersetuju menerima tawaran kelas tuisyen" in body and "I agree to receive" not in body
    assert "promosi@1" in body and house.name in body and "privasi@akademi.example" in body
    assert "+60 •••••• 99" in body and NUMBER not in body
    assert f"{house.slug}/preferences/" in body and "Withdraw or change" in body
    assert (response["Referrer-Policy"], "noindex" in response["X-Robots-Tag"]) == ("no-referrer", True)
    assert "Set-Cookie" not in response
    assert "Resit persetujuan anda" in browse().get(links["resit"]).content.decode()


def test_before_it_is_signed_the_page_says_so(joined, browse):
    _, links = joined
    assert "being signed at this moment" in browse().get(links["receipt"]).content.decode()
    assert browse().get(links["receipt"] + "/receipt.jsonld").status_code == 404


def test_the_receipt_is_a_pdf_in_either_language(joined, browse):
    """What it says is what the page says; the same links that open no page open no file."""
    links, client = joined[1], browse()
    files = {}
    for name in ("resit", "receipt"):
        path = f"/{name}/" + links[name].rsplit("/", 1)[1] + f"/{name}.pdf"
        assert path in client.get(links[name]).content.decode()
        got = client.get(f"{links[name]}/{name}.pdf")
        files[name] = got.content
        assert got["Content-Disposition"] == f'attachment; filename="{name}.pdf"'
        assert (got["Content-Type"], got["X-Robots-Tag"]) == ("application/pdf", "noindex, nofollow")
        assert got.content.startswith(b"%PDF-")
    assert files["resit"] != files["receipt"]
    assert client.get(links["receipt"][:-2] + "AA/receipt.pdf").status_code == 404


def test_the_preference_page_leads_to_every_receipt(joined, browse):
    _, links = joined
    assert links["resit"] in browse().get(links["pilihan"]).content.decode()


def test_a_withdrawal_shows_on_the_receipt_and_the_act_stays(joined, browse):
    from izin.consent import preferences
    from izin.organisations.scope import scope

    house, links = joined
    with scope(house.organisation.id):
        preferences.stop(house.objects["person"], None, language="ms")
    body = browse().get(links["receipt"]).content.decode()
    assert "You have withdrawn it since." in body and "Saya bersetuju" in body


@pytest.mark.parametrize("token", ["x", "A" * 43, "%C3%A9"])
def test_another_link_leads_to_nothing(joined, browse, token):
    _, links = joined
    base = links["receipt"].rsplit("/", 1)[0]
    for address in (f"{base}/{token}", links["receipt"][:-2] + "AA"):
        response = browse().get(address)
        assert response.status_code == 404 and "No receipt here" in response.content.decode()
        assert browse().get(f"{address}/receipt.jsonld").status_code == 404


def test_one_organisations_link_opens_nothing_at_another(joined, build, browse):
    house, links = joined
    other = build(filled=False)
    assert browse().get(links["receipt"].replace(house.slug, other.slug)).status_code == 404


def test_anybody_gets_the_key_and_the_last_checkpoint(joined, browse):
    from izin_verify.note import Key, checkpoint

    house, _ = joined
    sign(house)
    key = Key.parse(browse().get(f"/{house.slug}/key.txt").content.decode())
    note = browse().get(f"/{house.slug}/checkpoint.txt").content.decode()
    assert checkpoint(note, key, "").size > 0
    assert key.name == key_of(house).name


# --- the file ---


def test_the_file_is_verified_by_the_stand_alone_verifier(receipt):
    from izin_verify import receipt as verifier

    house, raw = receipt
    report = verifier.verify(raw, key_of(house))
    assert dict(report.proven)["receipt"] == {"acts": 1}
    assert [act["act"] for act in report.timeline] == ["given"]
    assert {"later", "holder", "witness"} <= {code for code, _ in report.not_proven}


def test_it_has_the_mandatory_fields_and_only_terms_that_exist(receipt):
    said = json.loads(receipt[1])
    assert said["dct:conformsTo"]["@id"].endswith("dpv-27560#receipt-eu-gdpr")
    (record,) = said["dpv:hasRecordOfActivity"]
    assert set(record) >= RECORD
    (process,) = record["dpv:hasProcess"]
    assert set(process) >= PROCESS
    kinds = {one["@type"] for one in process["dpv:hasStorageCondition"]}
    assert kinds == {"dpv:StorageLocation", "dpv:StorageDuration"}
    (status,) = record["dpv:hasConsentStatus"]
    assert "dpv:hasDuration" in status and re.fullmatch(r".*\.\d{3}Z", status["dpv:isIndicatedAtTime"]["@value"])
    used = set(re.findall(r'"((?:dpv|pd|loc|eu-gdpr|legal-eu|legal-my):[\w-]+)"', receipt[1].decode()))
    assert used <= DPV
    assert set(re.findall(r'"(\w[\w-]*):[\w-]+"', receipt[1].decode())) <= set(said["@context"])


def test_every_flipped_bit_of_the_file_is_found(receipt):
    from izin_verify import receipt as verifier
    from izin_verify.refusal import Refused

    house, raw = receipt
    key, held = key_of(house), []
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1 << at % 8]) + raw[at + 1 :]
        try:
            verifier.verify(changed, key)
            held.append(at)
        except Refused:
            pass
    assert held == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda said: said.pop("izin:seal"), "receipt_unsealed"),
        (lambda said: said.pop("izin:proof"), "receipt_changed"),
        (lambda said: said["dct:publisher"].update({"@id": "urn:other"}), "receipt_changed"),
        (lambda said: said["izin:proof"]["acts"][0]["payload"].update({"words": "YA"}), "receipt_changed"),
    ],
)
def test_a_changed_receipt_is_refused(receipt, change, code):
    from izin_verify import receipt as verifier
    from izin_verify.refusal import Refused

    house, raw = receipt
    said = json.loads(raw)
    change(said)
    with pytest.raises(Refused) as refused:
        verifier.verify(json.dumps(said).encode(), key_of(house))
    assert refused.value.code == code
