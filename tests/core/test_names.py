import json
import random
from pathlib import Path

import pytest

from volunteer_site.core import names

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))
BY_SURNAME = GOLDEN["names_by_surname_strokes_single_given_first"]
BY_FULL_NAME = GOLDEN["names_by_full_name_strokes"]
RARE = GOLDEN["rare_chars_no_stroke_data_in_cn_sort"]


@pytest.mark.parametrize(("order", "golden"), [("surname", BY_SURNAME), ("full", BY_FULL_NAME)])
@pytest.mark.parametrize("seed", range(5))
def test_names_come_in_the_order_of_the_official_lists(order, golden, seed):
    shuffled = random.Random(seed).sample(golden, len(golden))

    assert names.by_strokes(shuffled, order) == golden


def test_the_mainland_order_is_not_the_one_of_other_libraries():
    assert names.by_strokes(["张三", "李四", "陈一", "王五"]) == ["王五", "李四", "张三", "陈一"]


def test_a_single_given_name_after_a_compound_surname_comes_first_too():
    assert names.by_strokes(["欧阳一鸣", "欧阳修"]) == ["欧阳修", "欧阳一鸣"]
    assert names.by_strokes(["欧阳修", "欧阳一鸣"], "full") == ["欧阳一鸣", "欧阳修"]


def test_a_shorter_first_part_comes_before_a_longer_one():
    assert names.by_strokes(["阿依古丽·艾力", "阿依·艾力"]) == ["阿依·艾力", "阿依古丽·艾力"]


@pytest.mark.parametrize("rare", RARE)
def test_a_character_without_stroke_data_sorts_last_and_is_named(rare):
    given = [f"{rare}华", "龘一", f"王{rare}", "王一"]

    assert names.by_strokes(given) == ["王一", f"王{rare}", "龘一", f"{rare}华"]
    assert names.without_stroke_data(f"王{rare}") == rare


def test_every_name_has_its_place_whatever_it_is_written_in():
    given = ["John Smith", "", "王一", "阿依·古丽", "张３"]

    assert names.by_strokes(given) == names.by_strokes(reversed(given))
    assert not any(map(names.without_stroke_data, given))


def test_the_table_knows_the_characters_of_the_national_standard():
    lacking = [c for c in map(chr, range(0x4E00, 0x9FA6)) if names.without_stroke_data(c)]

    assert lacking == list("兙桛瓰瓱瓼")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("张三", ("张", "三")),
        ("欧阳少东", ("欧阳", "少东")),
        ("欧阳", ("欧", "阳")),
        ("阿依·古丽", ("", "阿依·古丽")),
        ("John", ("", "John")),
        ("", ("", "")),
    ],
)
def test_a_surname_is_told_from_a_given_name(name, parts):
    assert names.split_name(name) == parts
