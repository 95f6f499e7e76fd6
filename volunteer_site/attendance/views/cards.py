"""A volunteer's own code, to show at the door; a parent shows the child's too (R24)."""

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from volunteer_site.attendance import card_pictures, settings
from volunteer_site.attendance.views.panel import qr
from volunteer_site.core import clock, dates
from volunteer_site.core.access import members_only
from volunteer_site.core.addresses import number
from volunteer_site.people import families, queries
from volunteer_site.people.session import current_person

bp = Blueprint("cards", __name__)
pictures = Blueprint("card_pictures", __name__)


@dataclass(frozen=True)
class Card:
    """One person's code as it is shown."""

    person_id: int
    name: str
    number: str
    code: str

    @property
    def letters(self) -> str:
        """Return the ten characters in two groups, to read aloud."""
        letters = self.code.rpartition(".")[2]
        return f"{letters[:5]} {letters[5:]}"


@bp.get("/me/card")
@members_only
def show() -> ResponseReturnValue:
    """Show the code large, and whose other codes one may show."""
    card = _card()
    family = families.family(current_person().id, dates.today(clock.now()))
    return render_template(
        "attendance/card.html",
        card=card,
        drawing=qr(card.code),
        others=[(current_person().id, current_person().name)]
        + [(one.id, one.name) for one in family],
    )


@pictures.get("/me/card.png", endpoint="show")
@members_only
def picture() -> Response:
    """Return the code as a picture that a phone keeps."""
    card = _card()
    lines = (card.number, card.letters, current_app.config["SITE_NAME"])
    response = Response(card_pictures.picture(card.code, card.name, lines), mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def _card() -> Card:
    """Return the card asked for: the visitor's, or that of somebody they act for; or NotFound."""
    mine, asked = current_person().id, request.args.get("person", type=number)
    if asked is None or asked == mine:
        person = queries.get(mine)
        return _of(person.id, person.name, person.number)
    one = families.relative(mine, asked, dates.today(clock.now()))
    return _of(one.id, one.name, one.number)


def _of(person_id: int, name: str, volunteer_number: str) -> Card:
    return Card(person_id, name, volunteer_number, settings.cards().code(volunteer_number))
