"""What is known about sign-ups: what is on offer to somebody, what is theirs, who comes."""

from volunteer_site.signups.queries.offers import Offer, Offers, Seats, State, offers, seats
from volunteer_site.signups.queries.promises import (
    Clash,
    Mine,
    clash,
    mine,
    standing,
    standing_id,
    states,
)
from volunteer_site.signups.queries.roster import Coming, roster

__all__ = [
    "Clash",
    "Coming",
    "Mine",
    "Offer",
    "Offers",
    "Seats",
    "State",
    "clash",
    "mine",
    "offers",
    "roster",
    "seats",
    "standing",
    "standing_id",
    "states",
]
