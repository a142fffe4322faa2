"""The terminal commands that set an installation up, as a newcomer types them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("database")


def izin(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "izin", *arguments], capture_output=True, text=True, check=False, env=os.environ
    )


def test_an_organisation_its_people_and_its_account(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("sembilan-belas-kuda\n")
    made = izin("organisation", "create", "Kedai Bunga Melur", "--address", "kedai-bunga", "--email", "p@melur.example")
    assert made.returncode == 0, made.stderr
    assert "/kedai-bunga/" in made.stdout
    people = ("--organisation", "kedai-bunga", "--password-file", str(password))
    added = izin("organisation", "add-user", "siti@melur.example", "--role", "reviewer", *people)
    assert added.returncode == 0, added.stderr


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_password_file_without_a_password_is_one_sentence(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_text(content)
    izin("organisation", "create", "Kelas Piano", "--address", "kelas-piano")
    people = ("--organisation", "kelas-piano", "--password-file", str(file))
    refused = izin("organisation", "add-user", "lim@piano.example", "--role", "marketer", *people)
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_campaign_for_an_audience_goes_out_in_parts(tmp_path: Path) -> None:
    import cast as stage

    from izin.campaigns import audiences, stages
    from izin.campaigns.audience import Audience, Languages
    from izin.campaigns.models import Campaign
    from izin.organisations.scope import scope

    cast = stage.found("bahagian", [stage.Person(f"+6012345{number}", "Orang") for number in (6201, 6202)])
    with scope(cast.id):
        audiences.save("Melayu", Audience(include=(Languages(("ms",)),)), by=cast.author.id)
    people = ("--author", cast.author.username, "--approver", cast.reviewer.username)
    command = [
        "campaign", "send", "Bahagian", "--organisation", cast.slug, "--purpose", "promosi", "--template",
        stage.TEMPLATE, "--contact-name", "nama=tuan", *people, "--approver-password-file", str(tmp_path / "password"),
        "--ramp", "2", "--priority", "urgent",
    ]  # fmt: skip
    said = izin(*command, "--audience", "Cina")
    assert (said.returncode, "There are: “Melayu”." in said.stdout + said.stderr) == (2, True)
    assert izin(*command, "--audience", "Melayu").returncode == 2, "without a password nobody approved it"
    with scope(cast.id):
        campaign = Campaign.objects.get(name="Bahagian")
        assert campaign.state == Campaign.State.DRAFT
        assert campaign.priority == Campaign.Priority.URGENT
        assert campaign.audience is not None and campaign.audience.name == "Melayu"
        assert [(part.percent, part.wait_s) for part in stages.of(campaign)] == [(1, 7200), (10, 7200), (100, 0)]


def test_a_campaign_without_the_way_out_in_one_language_is_not_sent(tmp_path: Path) -> None:
    import cast as stage

    from izin.campaigns.models import Campaign
    from izin.dispatch.models import Message
    from izin.organisations.scope import scope
    from izin.whatsapp.models import Template

    cast = stage.found("terminal", [stage.Person(f"+6012345{number}", "Orang") for number in (6101, 6102)])
    with scope(cast.id):
        Template.objects.filter(language="en").update(components=[{"type": "BODY", "text": "Hello {{nama}}."}])
    password = tmp_path / "password"
    password.write_text("kata laluan panjang")
    people = ("--author", cast.author.username, "--approver", cast.reviewer.username)
    said = izin(
        "campaign", "send", "Tanpa jalan keluar", "--organisation", cast.slug, "--purpose", "promosi",
        "--template", stage.TEMPLATE, "--contact-name", "nama=tuan", *people, "--approver-password-file", str(password),
    )  # fmt: skip
    assert said.returncode == 2
    assert "Add the opt-out line as its footer" in said.stdout + said.stderr
    assert "The pre-flight stops this campaign" in said.stdout + said.stderr
    with scope(cast.id):
        assert not Campaign.objects.filter(name="Tanpa jalan keluar").exists()
        assert set(Message.objects.values_list("campaign_id", flat=True)) == {cast.campaign.id, None}
