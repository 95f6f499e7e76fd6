"""A volunteer's own code: easy to read and type, impossible to make up."""

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from volunteer_site.attendance.cards import LETTERS, Cards, CardUnknown

CARDS = Cards("a secret of at least sixteen letters")
NUMBERS = st.integers(1, 10**8 - 1).map(lambda number: f"V26{number:08}")


@given(NUMBERS)
def test_a_code_says_whose_it_is(number):
    code = CARDS.code(number)

    assert CARDS.number(code) == number
    assert code.startswith(f"{number}.") and len(code) == len(number) + 1 + LETTERS


@given(NUMBERS)
def test_a_saved_code_outlives_the_secret_that_the_settings_still_name(number):
    code = Cards("a former secret, long enough").code(number)

    assert Cards(CARDS.secret, ("another", "a former secret, long enough")).number(code) == number
    with pytest.raises(CardUnknown):
        CARDS.number(code)


@given(NUMBERS)
def test_a_code_has_no_letters_that_look_like_others_and_is_a_small_picture(number):
    code = CARDS.code(number)

    assert not set(code) & set("ILOU") and code == code.upper()
    assert segno.make(code, error="m").version == 2, "large modules, quick to read"


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: f"  {code} \n",
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: code.replace(".", ""),
        lambda code: code.replace(".", "。"),
        " ".join,
        lambda code: f"{code[:4]}-{code[4:]}",
        lambda code: "".join(chr(ord(one) + 0xFEE0) for one in code),  # full width
    ],
)
def test_how_people_and_scanners_type_it_does_no_harm(typed):
    code = CARDS.code("V2600000101")

    assert CARDS.number(typed(code)) == "V2600000101"


@given(NUMBERS, st.integers(0, LETTERS - 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_and_it_is_nobodys(number, place, letter):
    code = CARDS.code(number)
    at = len(code) - LETTERS + place
    wrong = code[:at] + letter + code[at + 1 :]

    if wrong == code:
        assert CARDS.number(wrong) == number
    else:
        with pytest.raises(CardUnknown):
            CARDS.number(wrong)


@pytest.mark.parametrize(
    "forged",
    ["", "V26", "V2600000017", ".", "V2600000017.AAAAAAAAAA", "扫码", "\x00" * 30, "Z" * 999],
)
def test_what_was_made_up_is_refused_in_words(forged):
    with pytest.raises(CardUnknown):
        CARDS.number(forged)


def test_the_letters_of_one_person_do_not_open_for_another():
    mine, yours = CARDS.code("V2600000017"), CARDS.code("V2600000018")

    with pytest.raises(CardUnknown):
        CARDS.number(yours.split(".")[0] + "." + mine.split(".")[1])


def test_another_secret_makes_other_codes():
    with pytest.raises(CardUnknown):
        Cards("another secret of sixteen letters").number(CARDS.code("V2600000017"))
