"""Numbers and codes on paper: a slip of the keyboard never names another sheet or row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from volunteer_site.attendance.sheets import layout, numbers
from volunteer_site.attendance.sheets.numbers import Mistyped

SHEETS = some.integers(1, 800_000)


def slips(said, signs):
    """Return everything that one wrong sign, or two neighbours swapped, make of it."""
    for place, right in enumerate(said):
        for sign in signs:
            if sign != right:
                yield said[:place] + sign + said[place + 1 :]
        swapped = said[:place] + said[place : place + 2][::-1] + said[place + 2 :]
        if swapped != said:
            yield swapped


@given(SHEETS)
def test_a_number_means_its_sheet_however_it_is_typed(sheet_id):
    number = numbers.sheet_number(sheet_id)

    assert len(number) == 7
    full_width = number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    for typed in (number, numbers.spaced(number), f" {number}-", full_width):
        assert numbers.sheet_id(typed) == sheet_id
    assert numbers.sheet_id(f"https://volunteer.example.org/desk/sheets/{number}") == sheet_id


@given(SHEETS)
def test_no_single_slip_in_a_number_names_another_sheet(sheet_id):
    for wrong in slips(numbers.sheet_number(sheet_id), "0123456789"):
        with pytest.raises(Mistyped):
            numbers.sheet_id(wrong)


@pytest.mark.parametrize("typed", ["", "17", "1000", "1000017 2", "abcdefg", "٣٣٣٣٣٣٣", "0" * 7])
def test_what_is_no_number_is_said_to_be_none(typed):
    with pytest.raises(Mistyped):
        numbers.sheet_id(typed)


@settings(deadline=None)
@given(some.integers(1, 6000))
def test_the_codes_of_a_sheet_are_all_different_and_begin_with_a_letter(count):
    codes = numbers.row_codes(count)

    assert len(set(codes)) == count
    assert {len(code) for code in codes} == {len(codes[0])}
    assert all(code[0] in numbers.LETTERS and numbers.is_code(code) for code in codes)
    assert len(codes[0]) <= (3 if count <= 221 else 4 if count <= 3757 else 5)


@settings(deadline=None)
@given(some.integers(1, 400), some.randoms())
def test_no_single_slip_in_a_code_is_a_code(count, chance):
    code = chance.choice(numbers.row_codes(count))

    assert not [wrong for wrong in slips(code, numbers.SIGNS) if numbers.is_code(wrong)]


def test_codes_have_no_signs_that_look_alike():
    for alike in ("0OQD", "1IL7", "2Z", "5S", "8B", "UV", "6G"):
        assert len(set(alike) & set(numbers.SIGNS)) <= 1


@given(some.integers(0, 5000))
def test_the_pages_are_full_and_leave_rows_for_people_who_come_unannounced(names):
    rows = layout.rows_for(names)
    pages = layout.paged(range(rows))

    assert rows - names >= layout.LEAST_EMPTY
    assert rows - names < layout.LEAST_EMPTY + max(layout.NEXT_PAGE, layout.FIRST_PAGE)
    assert len(pages) == layout.pages_for(rows)
    assert len(pages[0]) == layout.FIRST_PAGE
    assert all(len(page) == layout.NEXT_PAGE for page in pages[1:])
    assert [row for page in pages for row in page] == list(range(rows))
