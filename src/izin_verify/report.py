"""What a verification has shown, and what no verification of this file can show."""

from dataclasses import dataclass, field
from typing import Any

Sentence = tuple[str, dict[str, Any]]


@dataclass(slots=True)
class Report:
    """Sentences by code, with what stands in them. Nothing is refused once there is a report."""

    proven: list[Sentence] = field(default_factory=list)
    not_proven: list[Sentence] = field(default_factory=list)
    timeline: list[dict[str, Any]] = field(default_factory=list)

    def shows(self, code: str, **given: Any) -> None:
        self.proven.append((code, given))

    def leaves_open(self, code: str, **given: Any) -> None:
        self.not_proven.append((code, given))
