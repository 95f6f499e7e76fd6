"""What posting and correcting share: one after the other for each person, and the signal."""

from collections.abc import Iterable

import sqlalchemy as sa
from blinker import Signal

from volunteer_site.core.db import db

LEDGER = 1_750_001  # the first half of the locks' numbers: 公益一小时's ledger

posted = Signal()  # sent with person_ids=frozenset, now=, at the end, inside the transaction


def take_turns(person_ids: Iterable[int]) -> None:
    """Wait until nobody else writes hours of these people; ends with the transaction.

    Call it before reading `queries.busy`, so that what was read still holds when it is posted. On
    SQLite a write transaction is alone anyway.
    """
    wanted = sorted(set(person_ids))
    if not wanted or db.session.get_bind().dialect.name == "sqlite":
        return
    people = sa.func.unnest(sa.cast(wanted, sa.ARRAY(sa.Integer))).column_valued("person")
    db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(LEDGER, people))).all()
