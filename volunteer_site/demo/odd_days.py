"""What the small demo's office has on its desk: some planted frauds, found by the rules."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from volunteer_site.core.db import db, write_transaction
from volunteer_site.demo import frauds, staff
from volunteer_site.hours import settings
from volunteer_site.oversight.anomalies import search, services
from volunteer_site.oversight.anomalies.models import Anomaly, Kind
from volunteer_site.oversight.anomalies.services import Hand
from volunteer_site.people.models import RoleName

PLANTED = (Kind.NIGHT, Kind.TWO_PLACES, Kind.BURST, Kind.ONE_DEVICE, Kind.LATE_OUT, Kind.UNDER_CAP)
MONTH = timedelta(days=31)
DAYS = 5  # to answer a question


def tell(now: datetime) -> None:
    """Plant some frauds and let the rules find them; ask about one, call another fine."""
    planter = frauds.Planter(now)
    if not planter.places:
        return
    planter.places.sort(key=lambda place: place.organisation.id)  # the night at the first one
    frauds.plant(planter, PLANTED)
    (district, *_others) = search.districts()
    where = search.window(district.path, now - MONTH, now, settings.caps().automatic)
    found = search.find(district, where)
    with write_transaction():
        search.keep(found, district.path, now)
    _answer(now)


def _answer(now: datetime) -> None:
    """Let the officer ask about the night and find nothing wrong with the late check-outs."""
    hand = Hand(staff.first(RoleName.OFFICER).person_id, now)
    found = db.session.execute(sa.select(Anomaly.kind, Anomaly.id)).all()
    numbers = {row[0]: row[1] for row in found}
    with write_transaction():
        services.ask(numbers[Kind.NIGHT], "", hand, days=DAYS)
        services.call_fine(numbers[Kind.LATE_OUT], "活动后在社区帮忙收拾到很晚", hand)
