"""Planted frauds of every kind are found, and the honest demo is left in peace."""

from datetime import datetime

import pytest

from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import frauds, services
from volunteer_site.demo.places import Size
from volunteer_site.oversight.anomalies import search
from volunteer_site.oversight.anomalies.models import Kind
from volunteer_site.oversight.anomalies.rules import RULES

NOW = datetime(2026, 11, 21, 4)
SMALL = Size(1, 1, 4, 3, 900, 8)  # many people for few activities, so that many are free


@pytest.fixture
def district(in_app):
    wish = services.Wish(SMALL, NOW, "2026-11")
    with write_transaction():
        services.load_district(next(services.districts(wish)), wish, lambda _steps: None)
    return search.districts()[0]


def looked(district):
    where = search.window(district.path, datetime(2026, 1, 1), NOW, 480)
    return search.find(district, where)


def test_every_planted_fraud_is_found_and_nothing_beside_it(district):
    honest = [one for found in looked(district).values() for one in found]
    planted = frauds.plant(frauds.Planter(NOW), frauds.FRAUDS)
    pairs = [(kind, one) for kind, found in looked(district).items() for one in found]
    db.session.rollback()

    assert honest == []
    assert [one.kind for one in planted if not any(one.is_found_by(*pair) for pair in pairs)] == []
    assert [pair for pair in pairs if not any(one.is_found_by(*pair) for one in planted)] == []


def test_there_is_a_fraud_for_every_rule():
    assert set(frauds.FRAUDS) == set(RULES) == set(Kind) - {Kind.SPOT_CHECK}
