"""A message's text as WhatsApp shows it: *bold*, _italic_, ~struck out~ and ```code```, and nothing else."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from izin.whatsapp.render import PLACEHOLDER

_SIGNS = (("*", "strong"), ("_", "em"), ("~", "s"))
_CODE = re.compile(r"```(.+?)```", re.DOTALL)
_MARKED = [
    (re.compile(rf"(?<![\w{re.escape(sign)}]){re.escape(sign)}(?=\S)([^\n]+?)(?<=\S){re.escape(sign)}(?!\w)"), tag)
    for sign, tag in _SIGNS
]


def as_chat(text: str) -> SafeString:
    """The text as HTML. Everything is escaped first, so that only these four signs become markup."""
    html = str(escape(text))
    for pattern, tag in _MARKED:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    html = _CODE.sub(r"<code>\1</code>", html)
    html = PLACEHOLDER.sub(r"<mark>\g<0></mark>", html)
    return mark_safe(html)  # noqa: S308 - escaped above
