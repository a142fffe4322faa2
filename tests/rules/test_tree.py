"""The tree that gives proofs from its right part alone, against the plain functions and against the verifier's own."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from izin.ledger import chain
from izin.ledger.chain import Frontier
from izin.ledger.tree import Tree
from izin_verify import merkle
from izin_verify.refusal import Refused

SIZES = range(1, 513)
LEAVES = [chain.leaf_hash(b"entry %d" % index) for index in range(SIZES.stop)]


def frontier_of(size: int) -> Frontier:
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    return frontier


def test_every_proof_of_every_size_to_512_convinces_a_second_implementation() -> None:
    """RFC 6962 2.1.1 and 2.1.2: each inclusion proof, and a consistency proof from each seventh earlier size."""
    for size in SIZES:
        tree, root = Tree(LEAVES[:size]), merkle.root(LEAVES[:size])
        assert tree.root() == root
        for index in range(size):
            path = tree.inclusion(index)
            assert merkle.root_by_path(LEAVES[index], index, size, path, "") == root
        for first in range(1 + size % 7, size + 1, 7):
            older = merkle.root(LEAVES[:first])
            path = tree.consistency(first)
            assert merkle.roots_by_consistency(first, size, older, path, "") == (older, root)


@given(st.integers(0, 300), st.integers(1, 200), st.data())
def test_a_part_gives_the_proofs_of_the_whole(start: int, more: int, data: st.DataObject) -> None:
    size = start + more
    part, whole = Tree(LEAVES[start:size], frontier_of(start)), Tree(LEAVES[:size])
    index, first = data.draw(st.integers(start, size - 1)), data.draw(st.integers(max(start, 1), size))
    assert part.root() == whole.root() == chain.root(LEAVES[:size])
    assert part.inclusion(index) == whole.inclusion(index) == chain.inclusion_proof(LEAVES[:size], index)
    assert part.consistency(first) == whole.consistency(first) == chain.consistency_proof(LEAVES[:size], first)


@pytest.mark.parametrize("index", [-1, 3, 9])
def test_a_part_has_no_proof_for_what_is_not_in_it(index: int) -> None:
    part = Tree(LEAVES[4:9], frontier_of(4))
    with pytest.raises(IndexError):
        part.inclusion(index)
    with pytest.raises(IndexError):
        part.consistency(index if index < 9 else 10)


def test_an_empty_tree_has_the_root_of_nothing() -> None:
    assert Tree([]).root() == merkle.root([]) == hashlib.sha256(b"").digest()


@given(st.integers(1, 70), st.data())
def test_a_proof_that_was_changed_leads_elsewhere_or_nowhere(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    tree, path = Tree(LEAVES[:size]), Tree(LEAVES[:size]).inclusion(index)
    changed = data.draw(
        st.sampled_from([[*path, bytes(32)], path[1:], path[:-1], path[::-1], [bytes(32), *path[1:]]]).filter(
            lambda one: one != path
        )
    )
    try:
        assert merkle.root_by_path(LEAVES[index], index, size, changed, "") != tree.root()
    except Refused as refused:
        assert refused.code == "proof_malformed"
