"""The honor roll on paper: a file for everybody, and a page that its makers print."""

import hashlib
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import public, role
from volunteer_site.core.cache import kept
from volunteer_site.core.errors import NotFound
from volunteer_site.core.glyphs import missing_glyphs
from volunteer_site.core.words import gettext as _
from volunteer_site.organisations import queries as organisations
from volunteer_site.organisations.models import Organisation
from volunteer_site.people.session import current_person
from volunteer_site.printouts.paper import RollPaper, roll_pdf
from volunteer_site.printouts.rolls import address_of, paper_of
from volunteer_site.recognition.rolls import queries
from volunteer_site.recognition.rolls.models import MONTHLY, HonorRoll

MOST = 16  # files kept

bp = Blueprint("printouts", __name__)


@bp.get("/honor-rolls/<month:month>/<string:slug>.pdf")
@bp.get("/honor-rolls/<month:month>/<string:slug>/<string:roll_kind>.pdf")
@public
def roll_file(month: str, slug: str, roll_kind: str = MONTHLY) -> ResponseReturnValue:
    """Return the published roll as PDF; a name taken back since is not on it (R40)."""
    organisation = organisations.by_slug(slug, *queries.KINDS)
    roll = queries.standing(organisation.id, month, roll_kind)
    if roll is None or roll.published_at is None:
        address = f"/honor-rolls/{month}/{slug}"
        raise NotFound(_("This roll is not published."), link=(address, _("Look at its page")))
    paper = _paper(roll, organisation)
    file = kept("roll files", MOST).get(paper, lambda: roll_pdf(paper))
    return send_file(
        BytesIO(file),
        mimetype="application/pdf",
        download_name=f"{paper.organisation}{paper.month}{paper.title}.pdf",
        etag=hashlib.sha256(file).hexdigest()[:24],
    )


@bp.get("/print/honor-rolls/<month:month>/<string:slug>")
@role(*queries.REACH)
def roll_page(month: str, slug: str) -> ResponseReturnValue:
    """Show the roll, also a draft, as the sheet that the browser prints."""
    organisation = queries.through(current_person(), slug)
    roll = queries.standing(organisation.id, month)
    if roll is None:
        raise NotFound(
            _("This month has no roll yet."),
            link=(f"/desk/honor-rolls/{month}/{slug}", _("Prepare the roll")),
        )
    paper = _paper(roll, organisation)
    return render_template(
        "printouts/roll.html",
        paper=paper,
        missing=missing_glyphs("".join(line.name for line in paper.lines)),
        draft=roll.published_at is None,
        month=month,
        slug=slug,
    )


def _paper(roll: HonorRoll, organisation: Organisation) -> RollPaper:
    return paper_of(
        roll,
        organisation,
        queries.named(roll.id),
        address=f"{request.host_url}{address_of(roll, organisation)}",
    )
