"""The catalogue of badges keeps its promises."""

import json
from datetime import date
from pathlib import Path

import pytest

import volunteer_site.recognition.badges
from volunteer_site.activities.categories import CATEGORIES
from volunteer_site.recognition.badges.emblems import SHAPES, TINTS, emblem_names
from volunteer_site.recognition.badges.measures import MEASURES

CATALOGUE = Path(volunteer_site.recognition.badges.__file__).with_name("catalogue.json")
BADGES = json.loads(CATALOGUE.read_text("utf-8"))
WORDS = ("name_zh", "name_en", "sentence_zh", "sentence_en")
CHINESE = range(0x4E00, 0xA000)


def test_there_are_a_hundred_and_more_in_both_families():
    families = [badge["family"] for badge in BADGES]

    assert len(BADGES) >= 100
    assert families.count("basic") >= 60 and families.count("special") >= 40


@pytest.mark.parametrize(
    "field", ["slug", "name_zh", "name_en", "sentence_zh", "sentence_en", "position"]
)
def test_no_two_badges_share(field):
    values = [badge[field] for badge in BADGES]

    assert len(set(values)) == len(values)


def test_badges_stand_in_their_order():
    positions = [badge["position"] for badge in BADGES]

    assert positions == sorted(positions)


def test_a_rule_is_one_that_can_be_counted():
    for badge in BADGES:
        assert badge["measure"] in {*MEASURES, ""}
        assert badge["over"] in {"ever", "year", "season"}
        assert badge["family"] in {"basic", "special"}
        assert type(badge["threshold"]) is int and badge["threshold"] > 0


def test_a_season_names_days_that_exist():
    for badge in BADGES:
        days = [badge.get("first_day", ""), badge.get("last_day", "")]

        if badge["over"] != "season":
            assert days == ["", ""]
        else:
            assert [date.fromisoformat(f"2024-{day}") for day in days]


def test_a_kind_of_work_is_one_there_is():
    for badge in BADGES:
        assert badge["category"] in {"", *CATEGORIES}
        assert badge["category"] or badge["measure"] != "category_minutes"


def test_a_picture_can_be_drawn():
    for badge in BADGES:
        assert badge["emblem"] in emblem_names()
        assert badge["shape"] in SHAPES and badge["tint"] in TINTS


def test_no_two_badges_look_or_count_alike():
    looks = [(badge["emblem"], badge["shape"], badge["tint"]) for badge in BADGES]
    about = ("measure", "category", "programme", "over", "first_day", "last_day", "threshold")
    counts = [tuple(badge.get(name) for name in about) for badge in BADGES if badge["measure"]]

    assert len(set(looks)) == len(looks)
    assert len(set(counts)) == len(counts)


def test_every_badge_speaks_both_languages():
    for badge in BADGES:
        for field in WORDS:
            has_chinese = any(ord(letter) in CHINESE for letter in badge[field])
            assert badge[field].strip() == badge[field] != ""
            assert has_chinese == field.endswith("_zh")


def test_no_badge_pretends_to_be_a_star_level():
    for badge in BADGES:
        words = " ".join(
            badge[field] for field in (*WORDS, "slug", "emblem", "shape", "tint")
        ).lower()

        assert "星级" not in words
        assert "星" not in badge["name_zh"]
        assert "star" not in words.replace("start", "").replace("started", "")


def test_every_kind_of_work_has_a_badge_within_five_hours():
    reachable = {badge["category"] for badge in BADGES if badge["threshold"] <= 300}

    assert set(CATEGORIES) <= reachable


@pytest.mark.parametrize(
    ("measure", "thresholds"),
    [("weeks", {1, 4, 12, 26, 52}), ("recorders", {2, 3, 5, 10}), ("first_of_year", {1})],
)
def test_the_steps_that_were_promised_are_there(measure, thresholds):
    assert thresholds <= {badge["threshold"] for badge in BADGES if badge["measure"] == measure}
