"""Why evidence is refused: a code, and the sentence of it in ``words``."""


class Refused(Exception):
    """What was handed in does not hold. ``code`` names the sentence, ``where`` the place in the file."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where


class CannotJudge(Exception):
    """There are time stamps to be judged, and the package that can is not installed."""
