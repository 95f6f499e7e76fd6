"""Honouring hours: awards of badges and the catalogue. Call inside a `write_transaction`."""

from volunteer_site.recognition.badges.services.awards import award_after, settle, unsettled
from volunteer_site.recognition.badges.services.catalogue import load_catalogue

__all__ = ["award_after", "load_catalogue", "settle", "unsettled"]
