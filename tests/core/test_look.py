"""What the design promises about every page (R74, docs/design.md)."""

import gzip
import re
from pathlib import Path

import pytest

from volunteer_site.core import assets

STATIC = Path(__file__).parents[2] / "static"
BASE = (STATIC / "css" / "base.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"--([a-z-]+): #([0-9a-f]{3,6})")
THEMES = ["light", "dark"]
ON = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("soft", "sunk"),
      ("accent", "paper"), ("accent", "card"), ("accent", "wash"), ("on-accent", "accent"),
      ("good", "good-wash"), ("warn", "warn-wash"), ("bad", "bad-wash"), ("info", "info-wash"),
      ("bad", "paper"), ("card", "good"), ("card", "warn"), ("card", "bad"), ("card", "info"),
      *[("accent", f"{tone}-wash") for tone in ("good", "warn", "bad", "info")]]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("words", "ground"), ON)
def test_words_stand_out_from_their_ground(theme, words, ground):
    colours = _theme(theme)

    assert _contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_edge_of_a_field_can_be_seen(theme):
    colours = _theme(theme)

    assert min(_contrast(colours["edge"], colours[g]) for g in ("paper", "card")) >= 3


def test_the_sheets_of_every_page_together_stay_small():
    some = {*assets.PAPER, *assets.WORK, *assets.HONOURS, *assets.KEPT}
    paths = [path for path in (STATIC / "css").glob("*.css") if path.stem not in some]
    sheets = "".join(path.read_text(encoding="utf-8") for path in paths)
    words = re.sub(r"/\*.*?\*/|\n\s+", "", sheets, flags=re.DOTALL)

    assert len(gzip.compress(words.encode(), 9)) <= 6 * 1024


@pytest.mark.parametrize("path", sorted((STATIC / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_behaviour_stays_small_and_stands_alone(path):
    script = path.read_text(encoding="utf-8")

    assert script.count("\n") <= 60
    assert "import " not in script, "file names carry a hash; a behaviour cannot name another"


def _theme(name):
    light, dark = BASE.split("@media screen and (prefers-color-scheme: dark)")
    return dict(COLOUR.findall(light)) | (dict(COLOUR.findall(dark)) if name == "dark" else {})


def _contrast(one, other):
    high, low = sorted((_brightness(one), _brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _brightness(colour):
    full = colour if len(colour) == 6 else "".join(c * 2 for c in colour)
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
