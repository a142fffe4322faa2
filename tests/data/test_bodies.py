"""A webhook's body comes out of its row as it came in, whatever it was, and takes less place there."""

from uuid import UUID, uuid4

import cast as stage
import pytest
from hypothesis import given
from hypothesis import strategies as st

STATUS = b'{"id":"wamid.%d","status":"delivered","timestamp":"1700000000","recipient_id":"60123456789"},'


@given(st.binary(max_size=200) | st.binary(max_size=20).map(lambda rest: b"\x00" + rest * 9), st.uuids())
def test_any_body_comes_back(ours: stage.Cast, body: bytes, delivery_id: UUID) -> None:
    from izin.inbound import bodies
    from izin.organisations.scope import scope

    with scope(ours.id):
        assert bodies.opened(delivery_id, bodies.seal_body(delivery_id, body)) == body


def test_statuses_take_a_third_of_their_place(ours: stage.Cast) -> None:
    from izin.inbound import bodies
    from izin.organisations.scope import scope

    body = b"".join(STATUS % number for number in range(30))
    with scope(ours.id):
        assert len(bodies.seal_body(uuid4(), body)) < len(body) / 3


def test_a_body_from_before_still_opens_and_only_in_its_own_row(ours: stage.Cast) -> None:
    from izin.inbound import bodies
    from izin.lib.keyring import Unreadable, associated, seal
    from izin.organisations.keys import keys
    from izin.organisations.scope import scope

    delivery_id, body = uuid4(), b'{"entry": []}'
    with scope(ours.id):
        place = associated(ours.id, "inbound_delivery", "body_sealed", delivery_id)
        assert bodies.opened(delivery_id, seal(keys().inbox, body, place)) == body
        with pytest.raises(Unreadable):
            bodies.opened(uuid4(), bodies.seal_body(delivery_id, body))
