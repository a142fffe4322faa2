"""What the address of a person's own page looks like, and how its secret part is kept out of sight. Pure."""

import logging
import re

PATHS = {"ms": "pilihan", "en": "preferences"}  # what the page is called in its address
SECRET = re.compile(rf"(/(?:{'|'.join(PATHS.values())})/)[^\s/?\"']+")


def hide_links(text: str) -> str:
    """The text with the secret part of each link to a preference page blotted out."""
    return SECRET.sub(r"\1•••", text)


class WithoutSecrets(logging.Filter):
    """For log handlers: whoever reads the log must not be able to open people's pages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, its text without secrets."""
        said = record.getMessage()
        if (hidden := hide_links(said)) != said:
            record.msg, record.args = hidden, None
        return True
