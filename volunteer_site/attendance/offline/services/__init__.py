"""Taking what phones kept while they were without network. Call inside a `write_transaction`."""

from volunteer_site.attendance.offline.services.receiving import (
    ARRIVES_WITHIN,
    Delivery,
    Event,
    receive,
)
from volunteer_site.attendance.offline.services.settling import settle_waiting

__all__ = ["ARRIVES_WITHIN", "Delivery", "Event", "receive", "settle_waiting"]
