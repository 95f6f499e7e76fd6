"""Finding a community on the board by its name, its pinyin, or letters that nearly fit."""

from datetime import timedelta

import pytest

from tests.factories import FRIDAY_18, NOW
from volunteer_site.core.db import write_transaction
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations import services

WILLOW = {"name": "柳巷社区", "slug": "liuxiang", "pinyin": "liuxiangshequ", "initials": "lxsq"}
YOUTH = {"name": "青年路一社区", "pinyin": "qingnianluyishequ", "initials": "qnlysq"}
GUESSED = "拼音与它相近"
pytestmark = pytest.mark.time_machine(NOW, tick=False)


@pytest.fixture
def found(make, visitor_client):
    """Return what a search on the board shows, with an activity in each of two communities."""
    for title, place in (("柳巷的活动", WILLOW), ("青年路的活动", YOUTH)):
        make.activity(title=title, organisation_id=make.community(**place).id)

    def search(words):
        text = visitor_client.get("/", query_string={"q": words}).text
        return [title for title in ("柳巷的活动", "青年路的活动") if title in text], text

    return search


@pytest.mark.parametrize("words", ["柳巷", "liuxiang", "LiuXiang", "liu xiang", "lx", "lxsq"])
def test_a_community_is_found_by_name_pinyin_and_initials(found, words):
    titles, text = found(words)

    assert titles == ["柳巷的活动"] and GUESSED not in text


@pytest.mark.parametrize("words", ["lzq", "LZQ", "lxq"])
def test_letters_with_a_slip_find_what_sounds_like_it_and_say_so(found, words):
    titles, text = found(words)

    assert titles == ["柳巷的活动"] and f"“{words}”" in text and GUESSED in text


@pytest.mark.parametrize("words", ["柳巷", "liuxiang", "lx", "lzq"])
def test_a_street_finds_its_communities(make, found, words):
    street = make.organisation(
        kind="subdistrict", name="柳巷街道", pinyin="liuxiangjiedao", initials="lxjd"
    )
    place = make.community(name="幸福社区", parent_id=street.id)
    make.activity(title="幸福社区的活动", organisation_id=place.id)

    assert "幸福社区的活动" in found(words)[1]


@pytest.mark.parametrize("words", ["lz", "zzz", "l.*q", "柳青", "(((", "lzq" * 20])
def test_nothing_is_guessed_from_too_little_or_from_signs(found, words):
    assert found(words)[0] == []


def test_a_community_that_fits_rightly_and_has_nothing_on_is_not_swapped_for_another(make, found):
    make.community(name="老振区社区", pinyin="laozhenqushequ", initials="lzqsq")

    titles, text = found("lzq")

    assert titles == [] and GUESSED not in text


def test_the_other_filters_hold_for_what_is_guessed(make, found, visitor_client):
    found("lzq")

    later = visitor_client.get("/?q=lzq&week=2026-W48").text
    other = visitor_client.get("/?q=lzq&category=health").text

    assert "柳巷的活动" not in later and "柳巷的活动" not in other


def test_a_guess_costs_no_more_statements_for_more_communities(
    app, make, visitor_client, statements
):
    def cost():
        app.extensions.pop("kept", None)
        statements.clear()
        visitor_client.get("/?q=lzq")
        return len(statements)

    make.activity(organisation_id=make.community(**WILLOW).id)
    few = cost()
    for number in range(10):
        place = make.community(name=f"柳{number}社区", initials="lxsq")
        make.activity(organisation_id=place.id, starts_at=FRIDAY_18 + timedelta(hours=number))

    assert cost() == few


def test_a_new_community_is_found_at_once(app, make):
    with app.app_context():
        district = organisations.get(make.community().parent_id)
        assert organisations.sounding_like("lzq") == ()
    with app.app_context():
        with write_transaction():
            above = organisations.get(district.id)
            street = services.create(
                "subdistrict", above, services.Wording("桥东街道"), now=NOW, by_id=None
            )
            services.create("community", street, services.Wording("柳巷社区"), now=NOW, by_id=None)

        assert len(organisations.sounding_like("lzq")) == 1
