"""Pinyin, for finding names by their letters and for lists in the order of the alphabet.

The readings of single characters come from pypinyin. Its table of phrases would cost a worker
40 MB for the few words that matter here, so those are below, beside the readings of surnames.
"""

import os
import re
import unicodedata
from functools import lru_cache

from volunteer_site.core.names import StrokeKey, split_name, stroke_key
from volunteer_site.core.text import MIDDLE_DOT, is_han

PinyinKey = tuple[tuple[str, ...], StrokeKey]

_SURNAMES = """
曾 zeng1  单 shan4  仇 qiu2  解 xie4  区 ou1  查 zha1  朴 piao2  翟 zhai2  盖 ge3  员 yun4
召 shao4  乐 yue4  覃 qin2  洗 xian3  任 ren2  华 hua4  黑 he4  秘 bi4  繁 po2  缪 miao4
种 chong2  折 she2  牟 mou4  隗 wei3  薄 bo2  卜 bu3  那 na1  祭 zhai4  过 guo1  句 gou1
佴 nai4  能 nai4  乜 nie4  都 du1  占 zhan1  藏 zang1  燕 yan1  要 yao1  相 xiang4  郇 xun2
干 gan1  哈 ha3  撒 sa4  阚 kan4  钭 dou3  尉迟 yu4-chi2  万俟 mo4-qi2  单于 chan2-yu2
长孙 zhang3-sun1  令狐 ling2-hu2  澹台 tan2-tai2  乐正 yue4-zheng4
"""
_WORDS = """
长 chang2  长者 zhang3-zhe3  长辈 zhang3-bei4  家长 jia1-zhang3  成长 cheng2-zhang3
院长 yuan4-zhang3  校长 xiao4-zhang3  会长 hui4-zhang3  队长 dui4-zhang3  站长 zhan4-zhang3
组长 zu3-zhang3  楼长 lou2-zhang3  生长 sheng1-zhang3  街长 jie1-zhang3  银行 yin2-hang2
商行 shang1-hang2  车行 che1-hang2  琴行 qin2-hang2  同行 tong2-hang2  行业 hang2-ye4
行家 hang2-jia5  乐器 yue4-qi4  音乐 yin1-yue4  声乐 sheng1-yue4  民乐 min2-yue4
乐队 yue4-dui4  乐团 yue4-tuan2  会计 kuai4-ji4  厦门 xia4-men2  重庆 chong2-qing4
重阳 chong2-yang2  重建 chong2-jian4  重修 chong2-xiu1  都市 du1-shi4  首都 shou3-du1
成都 cheng2-du1  协调 xie2-tiao2  调解 tiao2-jie3  调整 tiao2-zheng3  空调 kong1-tiao2
还书 huan2-shu1  归还 gui1-huan2  校场 jiao4-chang3  校对 jiao4-dui4  泊车 bo2-che1
弹琴 tan2-qin2  大夫 dai4-fu5  睡觉 shui4-jiao4  堵塞 du3-se4  率先 shuai4-xian1
模样 mu2-yang4  薄弱 bo2-ruo4  解州 hai4-zhou1  洪洞 hong2-tong2  繁峙 fan2-shi4
尉迟 yu4-chi2  并州 bing1-zhou1  太行 tai4-hang2
"""
_NEIGHBOURS = " qwertyuiop asdfghjkl zxcvbnm "
_LOOSE_FROM = 3  # letters; two would find everything
LOOSE = 3  # the rank of what is only found loosely
_TONE = str.maketrans("", "", "12345")


def search_keys(text: str) -> tuple[str, str]:
    """Return the letters a text is found by: 柳巷社区 → ("liuxiangshequ", "lxsq").

    Letters and digits in the text stay, in small letters; everything else is left out.
    """
    return _keys(_read(text))


def name_keys(name: str, said: str = "") -> tuple[str, str]:
    """Return the letters a person is found by, surname read as such: 曾一 → zengyi, zy."""
    return _keys(_read_name(name, said))


def name_pinyin(name: str, said: str = "") -> str:
    """Return a person's name in letters, 曾一 → zeng yi; their own reading wins (R68)."""
    return " ".join(_without_tone(syllable) for syllable in _read_name(name, said))


def pinyin_key(name: str, said: str = "") -> PinyinKey:
    """Return what to sort a name by: syllable by syllable, then tone, then strokes (R68)."""
    return tuple(_read_name(name, said)), stroke_key(name)


def rank(query: str, text: str, keys: tuple[str, str]) -> int | None:
    """Tell how well a query finds a text with its `search_keys`: 0 is best, None not at all.

    0 the text has these characters; 1 its pinyin or initials begin so; 2 they have it inside;
    3 loosely: the initials have three or more of these letters in this order, the first being the
    first, with one slip to the next key allowed, so that `lzq` finds 柳巷社区 (l-x-s-q). Offer
    rank 3 only when nothing better was found.
    """
    wanted = _joined(query)
    if wanted in _joined(text):
        return 0
    if any(key.startswith(wanted) for key in keys):
        return 1
    if any(wanted in key for key in keys):
        return 2
    return LOOSE if _finds_loosely(wanted, keys[1]) else None


def _finds_loosely(wanted: str, initials: str) -> bool:
    if len(wanted) < _LOOSE_FROM or not (wanted.isascii() and wanted.isalpha()):
        return False
    for slip in range(1, len(wanted)):
        letters = list(wanted)
        letters[slip] = f"[{wanted[slip]}{_neighbours(wanted[slip])}]"
        if re.match(".*".join(letters), initials):
            return True
    return False


def _neighbours(letter: str) -> str:
    at = _NEIGHBOURS.index(letter)
    return (_NEIGHBOURS[at - 1] + _NEIGHBOURS[at + 1]).replace(" ", "")


def _keys(syllables: list[str]) -> tuple[str, str]:
    plain = [_without_tone(syllable) for syllable in syllables]
    return "".join(plain), "".join(syllable[0] for syllable in plain)


def _without_tone(syllable: str) -> str:
    return syllable.translate(_TONE) or syllable  # a digit is not a tone


def _read_name(name: str, said: str) -> list[str]:
    if said:
        return _plain(said).split()
    surname, rest = split_name(name)
    return (_surnames().get(surname) or _read(surname)) + _read(rest.replace(MIDDLE_DOT, " "))


def _read(text: str) -> list[str]:
    """Return a syllable for each Chinese character, and each letter or digit by itself."""
    read: list[str] = []
    for token in _tokens().findall(_plain(text)):
        read += _words().get(token) or [_syllable(token) if is_han(token) else token]
    return read


def _joined(text: str) -> str:
    return "".join(_plain(text).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(maxsize=1)
def _surnames() -> dict[str, list[str]]:
    return _table(_SURNAMES)


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    return _table(_WORDS)


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    words = sorted(_words(), key=len, reverse=True)
    return re.compile(rf"{'|'.join(words)}|[^\W_]")


def _table(words: str) -> dict[str, list[str]]:
    entries = iter(words.split())
    return {word: reading.split("-") for word, reading in zip(entries, entries, strict=True)}


@lru_cache(maxsize=4096)
def _syllable(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # read when pypinyin is first imported
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 -- 14 MB, only when needed

    return lazy_pinyin(character, style=Style.TONE3)[0]
