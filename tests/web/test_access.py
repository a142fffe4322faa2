"""Who may open what. A stranger cannot tell another organisation's page from one that does not exist (promise P9)."""

import pytest

from .addresses import ALL, PAGES, address

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def started(two):
    """Both organisations' campaigns run, so that progress and report are there; a form is published, so that there is
    a poster; one checkpoint is signed.
    """
    from izin.campaigns import lifecycle
    from izin.consent import consent_forms
    from izin.dispatch import outbox
    from izin.ledger import checkpoints
    from izin.organisations.scope import scope

    for house in two:
        with scope(house.organisation.id):
            lifecycle.approve(house.objects["campaign"], house.members["reviewer"].id)
            outbox.start(house.objects["campaign"])
            consent_forms.publish(house.objects["form"])
            checkpoints.sign()
    return two


def body_of(response) -> str:
    return response.content.decode(errors="replace")


def assert_shows_nothing_of(house, response):
    body = body_of(response)
    assert not [secret for secret in house.secrets if secret in body and secret not in response.request["PATH_INFO"]]


def test_every_address_is_in_the_matrix():
    from izin.staff import urls

    assert {pattern.name for pattern in urls.of_organisation} == set(PAGES)


def test_nobody_without_an_account_sees_anything(started, browse):
    ours, _ = started
    for name in PAGES:
        url = address(name, ours)
        response = browse().get(url)
        if PAGES[name][1] is None:
            assert response.status_code == 405
            continue
        assert response.status_code == 302
        assert response["Location"].startswith("/staff/sign-in?next=")
        assert_shows_nothing_of(ours, response)


def test_the_ledger_says_how_far_it_is_time_stamped(started, browse):
    from izin.ledger import timestamps
    from izin.ledger.models import Checkpoint
    from izin.ledger.tokens import Stamp
    from izin.lib.clock import now
    from izin.organisations.scope import scope

    ours, _ = started
    officer = ours.members["officer"]
    assert "Time-stamped so far" not in body_of(browse(officer).get(address("ledger", ours)))
    with scope(ours.organisation.id):
        newest = Checkpoint.objects.latest("size")
        timestamps.keep(newest, b"response", Stamp(now(), "CN=Contoh"))
    body = body_of(browse(officer).get(address("ledger", ours)))
    assert "Time-stamped so far" in body and f"{newest.size:,}" in body


def test_members_open_what_their_role_includes(started, browse):
    ours, theirs = started
    for role, member in ours.members.items():
        client = browse(member)
        for name, (_, roles) in PAGES.items():
            if roles is None:
                continue
            response = client.get(address(name, ours))
            assert response.status_code == (200 if str(role) in roles else 403), (role, name)
            assert response["Content-Security-Policy"].startswith("default-src 'self'")
            assert_shows_nothing_of(theirs, response)


def test_another_organisation_is_a_page_that_does_not_exist(started, browse):
    ours, theirs = started
    client = browse(ours.members["admin"])
    missing = client.get("/staff/no-such-organisation/")
    assert missing.status_code == 404
    for name, (_, roles) in PAGES.items():
        url = address(name, theirs)
        response = client.post(url) if roles is None else client.get(url)
        assert response.status_code == 404, name
        assert body_of(response) == body_of(missing)
        assert_shows_nothing_of(theirs, response)


def test_another_organisations_object_under_ones_own_address_does_not_exist(started, browse):
    ours, theirs = started
    client = browse(ours.members["admin"])
    for name, (kind, roles) in PAGES.items():
        if kind:
            url = address(name, ours, other=theirs)
            response = client.post(url) if roles is None else client.get(url)
            assert response.status_code == 404, name
            assert_shows_nothing_of(theirs, response)


def test_only_some_may_change(two, browse):
    """A member who may read is still refused a POST that the role does not include."""
    ours, _ = two
    posts = {
        address("import", ours): {"admin", "marketer"},
        address("purpose_new", ours): {"admin", "officer"},
        address("purpose", ours): {"admin", "officer"},
        address("policy", ours): {"admin", "officer"},
        address("form_new", ours): {"admin", "officer"},
        address("form", ours): {"admin", "officer"},
        address("form_close", ours): {"admin", "officer"},
        address("form_frames", ours): {"admin", "officer"},
        address("campaign_new", ours): {"admin", "marketer"},
        address("ledger_verify", ours): {"admin", "officer"},
        address("campaign_step", ours).replace("approve", "cancel"): {"admin", "marketer"},
    }
    for url, roles in posts.items():
        for role in set(ALL) - roles:
            assert browse(ours.members[role]).post(url).status_code == 403, (url, role)


def test_a_change_needs_the_token_of_the_form(two, browse):
    ours, _ = two
    response = browse(ours.members["admin"], enforce_csrf_checks=True).post(address("campaign_step", ours))
    assert response.status_code == 403


def test_names_are_for_roles_that_need_them(two, browse):
    ours, _ = two
    url = address("contacts", ours)
    assert ours.person in body_of(browse(ours.members["marketer"]).get(url))
    reviewers = body_of(browse(ours.members["reviewer"]).get(url))
    assert ours.person not in reviewers
    assert "+60 •••••• 81" in reviewers


def test_no_page_shows_a_whole_number(started, browse):
    ours, _ = started
    client = browse(ours.members["admin"])
    for name, (_, roles) in PAGES.items():
        if roles:
            body = body_of(client.get(address(name, ours)))
            assert "123456781" not in body.replace(" ", "").replace("-", ""), name


def test_signing_in_leads_to_the_only_organisation_and_out_again(two, browse):
    from izin.organisations import registry
    from izin.organisations.models import Role
    from izin.organisations.scope import scope

    ours, theirs = two
    user = registry.add_user(f"baharu@{ours.slug}.example", "kata laluan panjang")
    with scope(ours.organisation.id):
        registry.add_member(user, Role.OFFICER)
    client = browse()
    wrong = client.post("/staff/sign-in", {"username": user.username, "password": "salah"})
    assert wrong.status_code == 200
    assert "do not belong together" in body_of(wrong)
    right = client.post("/staff/sign-in", {"username": user.username.upper(), "password": "kata laluan panjang"})
    assert right["Location"] == "/staff/"
    assert client.get("/staff/")["Location"] == f"/staff/{ours.slug}/"
    assert_shows_nothing_of(theirs, client.get(f"/staff/{ours.slug}/"))
    client.post("/staff/sign-out")
    assert client.get(f"/staff/{ours.slug}/").status_code == 302
