"""The root of the errors that a person may read."""


class IzinError(Exception):
    """Something that a person can put right. ``sentence`` says what happened and what to do, without personal data."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
