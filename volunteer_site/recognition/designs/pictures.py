"""The picture of any badge, whether it came with the site or somebody designed it."""

from volunteer_site.core.db import db
from volunteer_site.recognition.badges.emblems import emblem_svg
from volunteer_site.recognition.badges.queries import Pin
from volunteer_site.recognition.designs import queries
from volunteer_site.recognition.designs.drawing import design_svg
from volunteer_site.recognition.designs.models import Design


def badge_svg(pin: Pin, title: str = "") -> str:
    """Return the badge whole, as paper and files need it: nothing in it comes from elsewhere."""
    design = _design(pin)
    if design is None:
        return emblem_svg(pin.emblem, shape=pin.shape, tint=pin.tint, title=title)
    return design_svg(queries.look(design), title=title)


def _design(pin: Pin) -> Design | None:
    return None if pin.design_id is None else db.session.get(Design, pin.design_id)
