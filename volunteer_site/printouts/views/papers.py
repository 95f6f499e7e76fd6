"""One paper: looked at before it is printed, as a file, and as a small picture."""

from io import BytesIO

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.core import clock
from volunteer_site.core.access import role
from volunteer_site.core.cache import kept
from volunteer_site.people.session import current_person
from volunteer_site.printouts import papers, reach
from volunteer_site.printouts.jobs.work import file_name
from volunteer_site.printouts.orders import Order, Setting

ADDRESS = "/print/papers/<string:paper>/<string:slug>/<string:subject>"
PICTURES = 48  # kept; some 30 kB each
WISHES = ("unit", "words")  # what an address may ask for beside the paper

bp = Blueprint("papers", __name__, url_prefix=ADDRESS)
files = Blueprint("paper_files", __name__, url_prefix=f"{ADDRESS}.pdf")
pictures = Blueprint("paper_pictures", __name__, url_prefix=f"{ADDRESS}.png")


@bp.get("")
@role(*reach.ROLES)
def show(paper: str, slug: str, subject: str) -> str:
    """Show the paper as it will be, with what cannot be printed and what can be chosen."""
    kind, order = papers.named(paper), _order(slug, subject)
    setting = kind.compose(order)
    return render_template(
        "printouts/paper.html",
        kind=kind,
        order=order,
        setting=setting,
        wishes=list(kind.wishes(order)),
        others=[one for one in papers.PAPERS.values() if one.title == kind.title],
        asked=request.query_string.decode("ascii", "replace"),
    )


@files.get("", endpoint="show")
@role(*reach.ROLES)
def file(paper: str, slug: str, subject: str) -> ResponseReturnValue:
    """Return the paper as PDF; the same paper always has the same bytes."""
    setting = papers.named(paper).compose(_order(slug, subject))
    if _has(setting):
        return _unchanged(setting)
    return send_file(
        BytesIO(setting.pdf()),
        mimetype="application/pdf",
        download_name=f"{file_name(setting.name)}.pdf",
        etag=setting.digest,
    )


@pictures.get("", endpoint="show")
@role(*reach.ROLES)
def picture(paper: str, slug: str, subject: str) -> ResponseReturnValue:
    """Return the paper's first page as a small PNG."""
    setting = papers.named(paper).compose(_order(slug, subject))
    if _has(setting):
        return _unchanged(setting)
    content = kept("pictures of paper", PICTURES).get(setting.digest, setting.picture)
    return send_file(BytesIO(content), mimetype="image/png", etag=setting.digest)


def _order(slug: str, subject: str) -> Order:
    visitor = current_person()
    wishes = {name: request.args[name] for name in WISHES if request.args.get(name)}
    place = reach.organisation(visitor, slug)
    return Order(visitor, place, subject, request.host_url, clock.now(), wishes)


def _has(setting: Setting) -> bool:
    """Tell whether the browser has this very paper already."""
    return request.if_none_match.contains(setting.digest)


def _unchanged(setting: Setting) -> Response:
    answer = Response(status=304)
    answer.set_etag(setting.digest)
    return answer
