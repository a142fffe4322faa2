"""What the addresses of a person's own pages look like, and how their secret part is kept out of sight. Pure."""

import logging
import re

# What the pages are called in their addresses.
PREFERENCES = {"ms": "pilihan", "en": "preferences"}
RECEIPT = {"ms": "resit", "en": "receipt"}
DATA = {"ms": "data-saya", "en": "my-data"}
SECRET = re.compile(rf"(/(?:{'|'.join((*PREFERENCES.values(), *RECEIPT.values(), *DATA.values()))})/)[^\s/?\"']+")


def hide_links(text: str) -> str:
    """The text with the secret part of each link to somebody's own page blotted out."""
    return SECRET.sub(r"\1•••", text)


class WithoutSecrets(logging.Filter):
    """For log handlers: whoever reads the log must not be able to open people's pages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, its text without secrets."""
        said = record.getMessage()
        if (hidden := hide_links(said)) != said:
            record.msg, record.args = hidden, None
        return True
