"""A roll says which share of its hours was seen at the door, as of its cut-off and for ever."""

from datetime import timedelta

import pytest

from tests.recognition.rolls import FIRST_DAY, MONTH, prepare, publish, roll, serve, take_back
from volunteer_site.core.db import db
from volunteer_site.printouts.rolls import paper_of
from volunteer_site.recognition.rolls import queries, words


@pytest.fixture
def community(make):
    return make.community(name="柳巷社区", slug="liuxiang")


@pytest.fixture
def served(in_app, make, community):
    """A person with 200 minutes: 60 scanned, 60 ticked, 30 on paper, 50 entered later."""
    one = make.person(name="王五")
    minutes = {"scanned": 60, "ticked": 60, "paper": 30, "late": 50}
    return {proof: serve(one, community, n, proof=proof) for proof, n in minutes.items()}


def test_the_share_is_that_of_the_minutes_on_the_roll(served, make, community):
    serve(make.person(name="李雷"), community, 30, proof="late")  # too little to be on it

    made = roll(prepare(community))

    assert (made.minutes, made.on_site_minutes) == (200, 120)
    assert words.proof(made) == "在3小时中，60%为现场扫码或勾选。"


def test_what_is_taken_back_after_the_cutoff_changes_neither_page_nor_paper(served, community):
    prepare(community)
    publish(community)
    before = paper(community)
    take_back(served["late"], recorded_at=FIRST_DAY + timedelta(days=90))

    assert paper(community) == before
    assert "在3小时中，60%为现场扫码或勾选。" in before.facts


def test_what_is_taken_back_before_the_cutoff_counts_in_neither(served, community):
    take_back(served["ticked"], recorded_at=FIRST_DAY + timedelta(days=5))

    made = roll(prepare(community))
    assert (made.minutes, made.on_site_minutes) == (140, 60)


def test_a_roll_made_before_shares_were_counted_says_nothing_about_them(served, community):
    one = roll(prepare(community))
    one.on_site_minutes = None

    assert words.proof(one) == ""
    db.session.rollback()


def paper(community):
    one = queries.standing(community.id, MONTH)
    return paper_of(one, community, queries.named(one.id), address="https://example.org/roll")
