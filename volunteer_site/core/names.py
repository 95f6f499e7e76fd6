"""Names in the order of a printed list: by strokes, the way notice boards on the mainland do."""

from array import array
from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal

from volunteer_site.core.text import MIDDLE_DOT, is_han

Order = Literal["surname", "full"]
StrokeKey = tuple[tuple[int, ...], str]

_COMPOUND = """
欧阳 上官 司马 司徒 司空 诸葛 东方 东郭 西门 南宫 南门 公孙 公羊 公冶 令狐 皇甫
尉迟 长孙 慕容 宇文 夏侯 端木 百里 呼延 万俟 闻人 赫连 澹台 淳于 单于 太叔 申屠
仲孙 轩辕 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 漆雕 乐正 壤驷 公良 拓跋 夹谷
宰父 谷梁 段干 微生 梁丘 左丘 东门 第五 独孤 纳兰 叶赫 完颜
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())

_STROKES = Path(__file__).parent / "data" / "strokes.txt"
_FIRST, _LAST = 0x4E00, 0x9FA5  # the characters of the table
_NOTHING = 0  # an empty place comes before every character
_AFTER_ALL = 0x10000


def by_strokes(names: Iterable[str], order: Order = "surname") -> list[str]:
    """Return the names sorted by strokes; see `stroke_key`."""
    return sorted(names, key=lambda name: stroke_key(name, order))


def stroke_key(name: str, order: Order = "surname") -> StrokeKey:
    """Return what to sort a name by: character by character, on the mainland's stroke table.

    "surname" (按姓氏笔画) reads a single given name as having an empty place before it, so 田富
    comes before 田大利; "full" (按姓名笔画) does not. A character without stroke data comes after
    all others, always at the same place (R66, R67).
    """
    places = [_place(character) for character in name]
    if order == "surname":
        surname = len(split_name(name)[0])
        if len(name) == surname + 1:
            places.insert(surname, _NOTHING)
    return tuple(places), name


def split_name(name: str) -> tuple[str, str]:
    """Return surname and given name; a name with a dot, or not in Chinese, has no surname."""
    if not name or MIDDLE_DOT in name or not is_han(name[0]):
        return "", name
    length = 2 if len(name) > len("欧阳") and name[:2] in COMPOUND_SURNAMES else 1
    return name[:length], name[length:]


def without_stroke_data(name: str) -> str:
    """Return the characters of a name that the table lacks, to tell the coordinator (R67)."""
    return "".join(one for one in name if is_han(one) and _place(one) >= _AFTER_ALL)


def _place(character: str) -> int:
    code = ord(character)
    if character in {MIDDLE_DOT, " "}:
        return _NOTHING
    if _FIRST <= code <= _LAST:
        return _table()[code - _FIRST] or _AFTER_ALL + code
    return _AFTER_ALL + code


@cache
def _table() -> "array[int]":
    """Read the table once: two bytes for each character, 42 kB in memory."""
    places = array("H", bytes(2 * (_LAST - _FIRST + 1)))
    number = count(1)
    for character in _STROKES.read_text(encoding="utf-8").replace("\n", ""):
        places[ord(character) - _FIRST] = next(number)
    return places
