"""Real workers and a real time stamp authority: one request, one stamp, and nothing that waits for it."""

from pathlib import Path

import pytest
from tsa import Authority, open_desk

from .house import house, until

pytestmark = pytest.mark.flow


def test_two_workers_ask_once_and_sign_on_while_the_authority_is_silent(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    authority = Authority(tmp_path / "tsa")
    with request.getfixturevalue("django_db_blocker").unblock(), open_desk(authority) as desk, house() as home:
        import consent_cast as cast

        from izin.ledger import checkpoints, log
        from izin.ledger.models import Checkpoint, TimeStamp
        from izin.organisations.scope import scope

        def founded() -> cast.House:
            """An organisation whose ledger is signed before a worker looks at it."""
            house = cast.found("promosi")
            with scope(house.id):
                checkpoints.sign()
            return house

        def counted(one: cast.House) -> tuple[int, int]:
            with scope(one.id):
                return TimeStamp.objects.count(), Checkpoint.objects.count()

        prompt = founded()
        environment = {"IZIN_TIMESTAMP_URL": desk.url, "IZIN_TIMESTAMP_ROOT": str(authority.root)}
        for _ in range(2):
            home.run("worker", **environment)
        until(lambda: counted(prompt)[0], 60, what="a stamp")
        assert (desk.questions, counted(prompt)) == (1, (1, 1))
        home.end_all()

        desk.mood, late = "slow", founded()
        silent = home.run("worker", **environment)
        until(lambda: desk.questions == 2, 60, what="a question that is not answered")
        with scope(late.id):
            log.append("test.after", {"the": "question"})
        until(lambda: counted(late)[1] == 2, 60, what="a checkpoint meanwhile")
        assert silent.terminate() == 0, silent.lines
        assert (desk.questions, counted(late)) == (2, (0, 2))
