import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.core import text

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text(encoding="utf-8"))["mask"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三", "张三"),
        ("  张 三 ", "张三"),
        ("张\u3000三", "张三"),
        ("欧阳 少 东", "欧阳少东"),
        ("张三\u200b\n", "张三"),
        ("阿不都热依木·买买提", "阿不都热依木·买买提"),
        ("𠅤 龙", "𠅤龙"),
        ("John  Smith", "John Smith"),
        ("J. R. Smith", "J. R. Smith"),
        ("葛\U000e0100一", "葛一"),
        ("\ufa0a一", "見一"),
    ],
)
def test_a_name_is_kept_without_spaces_nobody_meant(typed, kept):
    assert text.normalise_name(typed) == kept


@pytest.mark.parametrize("dot", "\u00b7\u2022\u30fb\uff65\u2027\u2219\u22c5\uff0e.")
def test_every_middle_dot_between_chinese_characters_becomes_the_official_one(dot):
    assert text.normalise_name(f"买买提{dot}艾力") == "买买提\u00b7艾力"
    assert text.normalise_name(f"买买提 {dot} 艾力") == "买买提\u00b7艾力"


@pytest.mark.parametrize(
    "name", ["阿不都热依木·买买提", "䶮华", "𬱖龙", "㛃英", "\U00031350一", "李〇"]
)
def test_rare_characters_are_names_like_any_other(name):
    assert text.normalise_name(name) == name


def test_a_name_may_have_fifty_characters_and_no_more():
    assert text.normalise_name("𠅤" * 50) == "𠅤" * 50
    with pytest.raises(ValueError, match=r"^$"):
        text.normalise_name("张" * 51)


@pytest.mark.parametrize("typed", ["", "  ", "\u3000", "\u200b"])
def test_nothing_is_not_a_name(typed):
    with pytest.raises(ValueError, match=r"^$"):
        text.normalise_name(typed)


@given(st.text())
def test_normalising_twice_changes_nothing(typed):
    try:
        once = text.normalise_name(typed)
    except ValueError:
        return

    assert text.normalise_name(once) == once


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张一三", "张*三"),
        ("欧阳少东", "欧**东"),
        ("𬱖龙", "𬱖*"),
        ("𠅤𬱖𪟝", "𠅤*𪟝"),
        ("张", "*"),
        ("阿不都热依木·买买提", "阿****木·买*提"),
        ("古丽·艾力·买买提", "古*·艾*·买*提"),
        ("John Smith", "J*** S****"),
        ("", ""),
    ],
)
def test_a_masked_name_shows_who_it_may_be_but_not_who_it_is(name, shown):
    assert text.mask_name(name) == shown


@given(st.text(alphabet="张三李四欧阳𬱖𠅤·", max_size=12))
def test_a_masked_name_keeps_its_length_and_always_hides_something(name):
    shown = text.mask_name(name)

    assert len(shown) == len(name)
    for part, hidden in zip(name.split("·"), shown.split("·"), strict=True):
        assert not part or "*" in hidden


@pytest.mark.parametrize(("given_as", "shown"), GOLDEN.items())
def test_phones_and_identity_numbers_are_masked_as_public_notices_do(given_as, shown):
    kind, number = given_as.split(":")

    assert {"phone": text.mask_phone, "id": text.mask_id}[kind](number) == shown


def test_short_numbers_are_masked_too():
    assert text.mask_phone("4036688") == "*****88"
    assert text.mask_phone("12") == "**"
    assert text.mask_id("E12345678") == "E******78"
    assert text.mask_id("") == ""


def test_an_address_is_shown_down_to_the_street_office():
    assert text.mask_address("太原市迎泽区柳巷街道南巷社区3号楼") == "太原市迎泽区柳巷街道***"
    assert text.mask_address("解放路12号") == "***"


@pytest.mark.parametrize(
    "typed",
    [
        "13812341234",
        " 138 1234 1234 ",
        "138-1234-1234",
        "+86 138 1234 1234",
        "+8613812341234",
        "8613812341234",
        "008613812341234",
        "\uff11\uff13812341234",
        "\u202d13812341234\u202c",
    ],
)
def test_a_mobile_number_is_understood_however_it_is_typed(typed):
    assert text.normalise_phone(typed) == "13812341234"


@pytest.mark.parametrize(
    "typed",
    ["", "1381234123", "138123412345", "12812341234", "0351-4036688", "电话", "+1 13812341234"],
)
def test_what_is_no_mobile_number_is_refused_without_repeating_it(typed):
    with pytest.raises(ValueError, match=r"^$"):
        text.normalise_phone(typed)


def test_tidy_text_has_no_unseen_characters_and_no_doubled_spaces():
    assert text.tidy(" 清扫\u3000\t楼道\x00\u200b \n 一次 ") == "清扫 楼道 一次"
    assert text.tidy_lines("一 \r\n\n\n\n 二\u2028三\x07\n") == "一\n\n二\n三"


def test_only_names_of_two_characters_are_spread_in_columns():
    assert text.spread("张三") == "张\u3000三"
    assert text.spread("张一三") == "张一三"
    assert text.spread("Al") == "Al"
    assert "\u3000" not in text.normalise_name(text.spread("张三"))
