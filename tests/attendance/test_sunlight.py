"""The door is read outside: contrast of at least 7:1 there, by day and by night."""

import re

import pytest

from tests.core.test_look import BASE, COLOUR, STATIC, THEMES, _contrast

DOOR = (STATIC / "css" / "door.css").read_text(encoding="utf-8")
DARK = "@media screen and (prefers-color-scheme: dark)"
GROUNDS = ("paper", "card")
INKS = ("ink", "soft", "accent", "good", "warn", "bad", "info")


def colours(theme):
    found = {}
    for sheet in (BASE, DOOR):
        light, dark = sheet.split(DARK)
        found |= dict(COLOUR.findall(light))
        found |= dict(COLOUR.findall(dark)) if theme == "dark" else {}
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", INKS)
def test_words_at_the_door_can_be_read_in_the_sun(theme, ink):
    known = colours(theme)

    assert min(_contrast(known[ink], known[ground]) for ground in GROUNDS) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ink", "ground"), [("on-accent", "accent"), ("ink", "warn-wash"), ("ink", "info-wash"),
                        ("accent", "wash"), ("ink", "bad-wash"), ("ink", "good-wash")]
)  # fmt: skip
def test_words_on_buttons_and_notices_too(theme, ink, ground):
    known = colours(theme)

    assert _contrast(known[ink], known[ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_a_tick_can_be_read_in_the_sun(theme):
    light, dark = DOOR.split(DARK)
    rule = re.findall(r"\.ticked \{([^}]*)\}", dark if theme == "dark" else light)[-1]
    ground, ink = (
        re.search(rf"(?<!-){name}: #([0-9a-f]+)", rule)[1] for name in ("background", "color")
    )

    assert _contrast(ink, ground) >= 7
