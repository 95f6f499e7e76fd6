"""Text as people type it: made tidy, checked, and partly hidden where strangers can read it."""

import re
import unicodedata

MIDDLE_DOT = "\N{MIDDLE DOT}"
NAME_LENGTH = 50  # R72, in characters
STAR = "*"

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_SPACE_IN_HAN = re.compile(f"(?<=[{_HAN}{MIDDLE_DOT}]) (?=[{_HAN}{MIDDLE_DOT}])")
_DOT_IN_HAN = re.compile(
    f"(?<=[{_HAN}]) ?[\u00b7\u2022\u30fb\uff65\u2027\u2219\u22c5\uff0e.\u2024\u25cf]+ ?(?=[{_HAN}])"
)
_UNSEEN = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # variation selectors
_PHONE_PREFIX = re.compile(r"^(?:\+86|0086|86(?=1\d{10}$))")
_PHONE_FILLING = re.compile(r"[\s\-\u2010-\u2015()]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_TO_STREET = re.compile(r"^.*?(?:街道|镇|乡)")


def is_han(character: str) -> bool:
    """Tell whether this is a Chinese character, rare ones (extensions A to H) included."""
    return _HAN_CHARACTER.fullmatch(character) is not None


def is_wide(sign: str) -> bool:
    """Tell whether a sign is as wide as a Chinese one."""
    return unicodedata.east_asian_width(sign) in "WF"


def is_spread(name: str) -> bool:
    """Tell whether a name has two wide signs, which stand as wide as three in columns (R65)."""
    return len(name) == 2 and all(map(is_wide, name))  # noqa: PLR2004


def tidy(text: str) -> str:
    """Return one line without what nobody sees: control characters, doubled and outer spaces."""
    return " ".join(_without_controls(unicodedata.normalize("NFC", text)).split())


def tidy_lines(text: str) -> str:
    """Return text of several lines, each one tidy, with at most one empty line between two."""
    lines = "\n".join(tidy(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def normalise_name(name: str) -> str:
    """Return a person's name in the one form that is kept.

    Middle dots become U+00B7 and spaces go between Chinese characters; elsewhere a name stays as
    typed. Raises ValueError if nothing is left or more than 50 characters are (R72).
    """
    name = _UNSEEN.sub("", tidy(name))
    name = _SPACE_IN_HAN.sub("", _DOT_IN_HAN.sub(MIDDLE_DOT, name))
    if not 0 < len(name) <= NAME_LENGTH:
        raise ValueError
    return name


def normalise_phone(number: str) -> str:
    """Return the 11 digits of a mobile number, typed with spaces, hyphens or +86 (R73).

    Raises ValueError, and nothing else, for what is not a mobile number of the mainland.
    """
    digits = _PHONE_FILLING.sub("", unicodedata.normalize("NFKC", _without_controls(number)))
    digits = _PHONE_PREFIX.sub("", digits)
    if not _MOBILE.fullmatch(digits):
        raise ValueError
    return digits


def mask_name(name: str) -> str:
    """Hide the middle of a name, or its end if it is short: 张*, 张*三, 欧**东 (R52).

    Each part of a name with dots or spaces is hidden by itself; a word in letters keeps only its
    first.
    """
    return re.sub(rf"[^{MIDDLE_DOT} ]+", lambda part: _mask_part(part[0]), name)


def mask_phone(number: str) -> str:
    """Hide the middle of a phone number: 138****1234; shorter ones keep their last two (R52)."""
    if len(number) >= len("13800000000"):
        return _mask(number, 3, 4)
    return _mask(number, 0, 2)


def mask_id(number: str) -> str:
    """Hide the middle of an identity number: 35*************123; shorter papers keep less (R52)."""
    if len(number) >= len("350000000000000"):
        return _mask(number, 2, 3)
    return _mask(number, 1, 2)


def mask_address(address: str) -> str:
    """Cut an address after its street office or town; hide all of one that names neither (R52)."""
    street = _TO_STREET.match(address)
    return street[0] + STAR * 3 if street else STAR * 3


def spread(name: str) -> str:
    """Put a wide blank between two Chinese characters, for columns on paper only (R65)."""
    if len(name) == len("张三") and all(map(is_han, name)):
        return f"{name[0]}\u3000{name[1]}"
    return name


def _without_controls(text: str) -> str:
    """Drop control and invisible formatting characters; line ends and tabs become spaces."""
    return "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}
    )


def _mask_part(part: str) -> str:
    if not is_han(part[0]):
        return _mask(part, 1, 0)
    return _mask(part, 1, 1 if len(part) > len("张三") else 0)


def _mask(text: str, first: int, last: int) -> str:
    """Star all but some characters (code points) at both ends; a text too short, altogether."""
    hidden = len(text) - first - last
    if hidden < 1:
        return STAR * len(text)
    return text[:first] + STAR * hidden + text[len(text) - last :]
