"""All badges, and each one's own page: its story, what it takes, and who has it."""

from flask import Blueprint, render_template
from markupsafe import Markup

from volunteer_site.core import clock, dates
from volunteer_site.core.access import public
from volunteer_site.people.session import visitor
from volunteer_site.recognition.badges import cases, holders, queries, wording
from volunteer_site.recognition.badges.emblems import emblem_svg
from volunteer_site.recognition.badges.pins import by_slug, catalogue

bp = Blueprint("badges", __name__, url_prefix="/badges")
bp.add_app_template_filter(wording.takes, "badge_rule")
bp.add_app_template_filter(wording.way, "badge_way")
bp.add_app_template_filter(wording.left, "badge_left")
bp.add_app_template_filter(wording.explains, "badge_explains")
bp.add_app_template_filter(wording.emblem, "emblem")


@bp.app_template_filter("pick")
def _pick(value: str, kind: str) -> Markup:
    """Return the picture of a shape or a colour to choose from."""
    shape, tint = (value, "amber") if kind == "shape" else ("circle", value)
    return Markup(emblem_svg("star", shape=shape, tint=tint, title=""))  # noqa: S704 -- our own drawing


@bp.get("")
@public
def index() -> str:
    """Show everything that there is to earn: by family everywhere, and at single places."""
    open_ = [pin for pin in catalogue().values() if pin.open]
    wide = [pin for pin in open_ if not pin.place]
    return render_template(
        "recognition/badges/index.html",
        families={
            str(cases.FAMILIES[name]): wording.grouped(pin for pin in wide if pin.family == name)
            for name in ("basic", "special")
        },
        places=cases.by_place(open_),
    )


@bp.get("/<string:slug>")
@public
def show(slug: str) -> str:
    """Show a badge, how many have it and who, and how far the visitor has come."""
    pin, person, now = by_slug(slug), visitor(), clock.now()
    held, ahead = queries.towards(person.id, pin, now) if person else (None, None)
    return render_template(
        "recognition/badges/show.html",
        pin=pin,
        count=max(queries.holders(pin, now), held is not None),
        shown=holders.shown(pin.id, now),
        series=[] if pin.given_by_hand else queries.series(pin),
        designer=holders.designer(pin, dates.today(now)),
        held=held,
        ahead=ahead,
    )
