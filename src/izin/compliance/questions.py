"""What a document asks of staff: everything that no configuration can know. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from izin.compliance.papers import Said

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One answer: free text, or one of ``choices`` (value, words). A document lacks what is ``needed`` and empty."""

    name: str
    label: Said
    hint: Said | None = None
    choices: tuple[tuple[str, Said], ...] = ()
    rows: int = 2
    needed: bool = False


def answered(answers: Answers, name: str) -> str:
    """The answer as it was written, without spaces around it."""
    return str(answers.get(name, "")).strip()


def unanswered(questions: Sequence[Question], answers: Answers) -> tuple[Said, ...]:
    """What is needed and nobody has answered."""
    return tuple(one.label for one in questions if one.needed and not answered(answers, one.name))
