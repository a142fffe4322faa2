"""The root of the errors that a person may read."""

import traceback
from pathlib import Path


class IzinError(Exception):
    """Something that a person can put right. ``sentence`` says what happened and what to do, without personal data."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def place_of(problem: BaseException) -> str:
    """Type and place of an unexpected error, and the database's code for it, for the log.

    Its text stays out, since it may quote what people wrote.
    """
    frames = traceback.extract_tb(problem.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    state = getattr(problem.__cause__ or problem, "sqlstate", None)
    return type(problem).__name__ + (f" {state}" if state else "") + where
