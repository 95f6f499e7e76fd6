"""Addresses in plain letters: 青年路一社区 becomes `qingnianlu-1`."""

import re

from volunteer_site.core.pinyin import search_keys

DIGITS = {numeral: str(n) for n, numeral in enumerate("一二三四五六七八九", start=1)}
NUMBERED = re.compile(r"^(.+?)第?([一二三四五六七八九])$")
LONG = 20
READ_OTHERWISE = {"万柏林": "wanbailin", "太行": "taihang", "大南门": "dananmen"}


def slug(text: str) -> str:
    """Write Chinese in pinyin without tones or spaces."""
    for word, letters in READ_OTHERWISE.items():
        text = text.replace(word, letters)
    return search_keys(text)[0]


def initials(text: str) -> str:
    """Write the first letter of each character: 微帮互助队 becomes `wbhzd`."""
    return search_keys(text)[1]


def short(text: str) -> str:
    """Write Chinese in pinyin, or only its first letters where that would be long."""
    return slug(text) if len(slug(text)) <= LONG else initials(text)


def community(name: str) -> str:
    """Return the address of a community, its number written in digits."""
    short = name.removesuffix("社区")
    numbered = NUMBERED.match(short)
    if not numbered:
        return slug(short)
    return f"{slug(numbered[1])}-{DIGITS[numbered[2]]}"


def road_of(name: str) -> str:
    """Return the road or estate that a community is named after."""
    short = name.removesuffix("社区")
    numbered = NUMBERED.match(short)
    return numbered[1] if numbered else short


class Slugs:
    """Gives every slug out once; a second taker gets a number behind it."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = f"{prefix}-" if prefix else ""
        self._taken: set[str] = set()

    def take(self, wish: str, *, own: bool = False) -> str:
        """Return the slug wished for, made unique; `own` means it has its prefix already."""
        wish = wish if own else self._prefix + wish
        free, number = wish, 2
        while free in self._taken:
            free, number = f"{wish}-{number}", number + 1
        self._taken.add(free)
        return free
