"""How each rule looks: one or two statements over all rows of a window, never person by person."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from volunteer_site.oversight.anomalies.finders import crowds, door, ledger, presence
from volunteer_site.oversight.anomalies.findings import Finding, Window
from volunteer_site.oversight.anomalies.models import Kind
from volunteer_site.oversight.anomalies.rules import Numbers

Finder = Callable[[Window, Numbers], Iterator[Finding]]

FINDERS: Final[Mapping[str, Finder]] = {
    Kind.TWO_PLACES: presence.two_places,
    Kind.LATE_OUT: presence.late_out,
    Kind.TOO_MANY: crowds.too_many,
    Kind.WALK_INS: crowds.walk_ins,
    Kind.BURST: door.burst,
    Kind.ONE_DEVICE: door.one_device,
    Kind.NIGHT: door.night,
    Kind.OWN_HOURS: door.own_hours,
    Kind.LATE_SHARE: ledger.late_share,
    Kind.UNDER_CAP: ledger.under_cap,
    Kind.NOT_THERE: ledger.not_there,
}
