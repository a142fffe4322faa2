"""The colour roles of the design system keep WCAG 2.2 AA: text 4.5:1 (1.4.3), controls and focus 3:1 (1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "src/izin/staff/static/izin/tokens.css"
TONES = ("neutral", "info", "success", "warning", "danger")
GROUNDS = ("paper", "surface", "sunk")

TEXT = [
    *((text, ground) for text in ("ink", "ink-soft", "primary", "primary-strong", "brass") for ground in GROUNDS),
    *((tone, ground) for tone in TONES for ground in ("paper", "surface")),
    *((f"on-{tone}-soft", f"{tone}-soft") for tone in (*TONES, "primary", "brass")),
    *((tone, f"{tone}-soft") for tone in (*TONES, "primary")),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-danger", "danger"),
    ("on-danger", "danger-strong"),
    ("on-shell", "shell"),
    ("on-shell", "shell-raised"),
    ("on-shell-soft", "shell"),
    ("ink", "primary-soft"),
    ("ink-soft", "primary-soft"),
]
CONTROLS = [
    *((control, ground) for control in ("line-strong", "focus", "primary") for ground in GROUNDS),
    ("seal", "shell"),
    ("seal", "shell-raised"),
]


def block(css: str, selector: str) -> dict[str, str]:
    """The custom properties whose value is a hexadecimal colour in the first rule of that selector."""
    found = re.search(re.escape(selector) + r"\s*\{(.*?)\}", css, re.DOTALL)
    assert found, f"no rule for {selector}"
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", found[1]))


CSS = TOKENS.read_text(encoding="utf-8")
LIGHT = block(CSS, ":root")
DARK = block(CSS, ':root:not([data-theme="light"])')


def luminance(colour: str) -> float:
    """Relative luminance of sRGB as WCAG 2.2 defines it, 0 (black) to 1 (white)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [*((front, ground, 4.5) for front, ground in TEXT), *((front, ground, 3.0) for front, ground in CONTROLS)],
)
def test_contrast(theme, front, ground, least):
    reached = contrast(theme[front], theme[ground])
    assert reached >= least, f"--{front} on --{ground} is {reached:.2f}:1, needs {least}:1"


def test_both_ways_into_the_dark_are_the_same():
    assert block(CSS, ':root[data-theme="dark"]') == DARK


def test_every_colour_role_has_a_dark_twin():
    assert LIGHT.keys() == DARK.keys()
