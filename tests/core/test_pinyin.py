import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.core import pinyin


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("柳巷", "liuxiang", "lx"),
        ("柳巷社区", "liuxiangshequ", "lxsq"),
        ("青年路一社区", "qingnianluyishequ", "qnlysq"),
        ("并州三社区", "bingzhousanshequ", "bzssq"),
        ("康乐苑社区", "kangleyuanshequ", "klysq"),
        ("长风街", "changfengjie", "cfj"),
        ("朝阳街 12 号 B座", "chaoyangjie12haobzuo", "cyj12hbz"),
        ("工商银行", "gongshangyinhang", "gsyh"),
        ("区行政审批局", "quxingzhengshenpiju", "qxzspj"),
        ("（迎泽）", "yingze", "yz"),
        ("", "", ""),
    ],
)
def test_places_are_found_by_pinyin_and_by_initials(text, full, initials):
    assert pinyin.search_keys(text) == (full, initials)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("曾一鸣", "zeng yi ming"),
        ("单雄", "shan xiong"),
        ("仇英", "qiu ying"),
        ("解一", "xie yi"),
        ("区小东", "ou xiao dong"),
        ("查一", "zha yi"),
        ("朴一", "piao yi"),
        ("翟一", "zhai yi"),
        ("尉迟一", "yu chi yi"),
        ("万俟一", "mo qi yi"),
        ("欧阳少东", "ou yang shao dong"),
        ("张曾", "zhang ceng"),
        ("阿依·古丽", "a yi gu li"),
    ],
)
def test_surnames_are_read_as_surnames(name, said):
    assert pinyin.name_pinyin(name) == said
    assert pinyin.name_keys(name)[0] == said.replace(" ", "")


def test_a_persons_own_reading_wins():
    assert pinyin.name_pinyin("覃一", said="Tan Yi") == "tan yi"
    assert pinyin.name_keys("覃一", said="Tan Yi") == ("tanyi", "ty")


def test_names_sort_by_syllable_then_tone_then_strokes():
    given_names = ["解一", "丁一", "汪一", "单一", "王三", "曾一", "陈一", "王一", "仇一"]

    order = sorted(given_names, key=pinyin.pinyin_key)

    assert order == ["陈一", "丁一", "仇一", "单一", "汪一", "王三", "王一", "解一", "曾一"]


@pytest.mark.parametrize(
    ("query", "rank"),
    [
        ("柳巷", 0),
        ("巷社", 0),
        ("liux", 1),
        ("LX", 1),
        ("lxsq", 1),
        ("ｌｘ", 1),  # noqa: RUF001 -- as a Chinese keyboard types it
        ("liu xiang", 1),
        ("shequ", 2),
        ("xs", 2),
        ("lzq", 3),
        ("lsq", 3),
        ("zxq", None),
        ("lpq", None),
        ("lq", None),
        ("青年", None),
    ],
)
def test_a_community_is_found_by_what_people_type(query, rank):
    assert pinyin.rank(query, "柳巷社区", pinyin.search_keys("柳巷社区")) == rank


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_can_be_searched_for_and_in(query, text):
    found = pinyin.rank(query, text, pinyin.search_keys(text))

    assert found in {None, 0, 1, 2, 3}
    assert pinyin.rank(text, text, pinyin.search_keys(text)) is not None


def test_the_dictionary_is_loaded_only_when_somebody_needs_it():
    script = (
        "import sys; from volunteer_site.core import pinyin;"
        "assert 'pypinyin' not in sys.modules; pinyin.search_keys('柳巷');"
        "from pypinyin.constants import PHRASES_DICT; assert not PHRASES_DICT"
    )

    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()
