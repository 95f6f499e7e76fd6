"""Every rule can be read, in both languages."""

import re

import pytest
from flask import session

from tests.factories import NOW
from volunteer_site.recognition.badges import wording
from volunteer_site.recognition.badges.drafts import pin_of
from volunteer_site.recognition.badges.measure_words import RULES
from volunteer_site.recognition.badges.measures import MEASURES

USUAL = {"family": "special", "name_zh": "春扫", "name_en": "Spring cleaning", "sentence_zh": "",
         "sentence_en": "", "measure": "entries", "category": "", "over_period": "ever",
         "threshold": 3, "emblem": "broom", "shape": "circle", "tint": "sky"}  # fmt: skip
CHINESE = re.compile("[一-龥]")


def said(app, language="zh_CN", **about):
    with app.test_request_context():
        session["locale"] = language
        return wording.takes(pin_of(USUAL | about))


@pytest.mark.parametrize("threshold", [1, 7])
@pytest.mark.parametrize("measure", [*MEASURES, ""])
def test_every_measure_is_said_in_both_languages(app, measure, threshold):
    about = {"measure": measure, "category": "care" if measure == "category_minutes" else "",
             "threshold": 60 * threshold if "minutes" in measure else threshold}  # fmt: skip
    chinese, english = (said(app, language, **about) for language in ("zh_CN", "en"))

    assert CHINESE.search(chinese) and not re.search("[A-Za-z%]", chinese)
    assert english and not CHINESE.search(english) and "%" not in english
    assert measure in RULES


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({}, "参加服务满 3 次"),
        ({"over_period": "year"}, "同一年内：参加服务满 3 次"),
        ({"over_period": "season", "first_day": "03-01", "last_day": "03-31"}, "每年3月：参加"),
        ({"over_period": "season", "first_day": "12-01", "last_day": "02-29"},
         "每年12月1日至2月底：参加"),
        ({"over_period": "season", "first_day": "03-05", "last_day": "03-05"}, "每年3月5日：参加"),
        ({"over_period": "dates", "first_day": "2026-03-01", "last_day": "2026-03-07"}, "3月1日"),
        ({"place": "青年路一社区", "programme": "护学岗", "category": "care"},
         "在青年路一社区，参加“护学岗”，关爱帮扶：参加服务满 3 次"),
        ({"measure": "", "over_period": "year"}, "由社区或区里亲手授予"),
    ],
)  # fmt: skip
@pytest.mark.time_machine(NOW, tick=False)  # the year is said of other years only
def test_when_and_where_is_said_before_how_many(app, about, words):
    assert said(app, **about).startswith(words)


def test_what_a_streak_forgives_is_explained(app):
    with app.test_request_context():
        streak, weeks = (pin_of(USUAL | {"measure": one}) for one in ("streak", "weeks"))

        assert "请过假" in wording.explains(streak)
        assert wording.explains(weeks) == ""
