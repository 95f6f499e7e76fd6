"""A certificate as a file: for whose it is, and for the desk that hands it out on paper."""

import hashlib
from io import BytesIO

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from volunteer_site.core.access import members_only, role
from volunteer_site.core.cache import kept
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.people.models import RoleName
from volunteer_site.people.session import current_person
from volunteer_site.printouts.certificates import (
    CertificatePaper,
    certificate_pdf,
    certificate_png,
)
from volunteer_site.recognition.certificates import queries, wording
from volunteer_site.recognition.certificates.queries import Found
from volunteer_site.recognition.certificates.services import IsVoid

MOST = 16  # files kept
ROLES = (RoleName.COORDINATOR, RoleName.OFFICER)

bp = Blueprint("certificate_files", __name__, url_prefix="/me/certificates")
pictures = Blueprint("certificate_pictures", __name__, url_prefix="/me/certificates")
prints = Blueprint("certificate_prints", __name__, url_prefix="/print/certificates")


@bp.get("/<string:certificate_number>.pdf")
@members_only
def show(certificate_number: str) -> ResponseReturnValue:
    """Return one's own certificate as PDF."""
    return _pdf(queries.mine(current_person().id, certificate_number))


@pictures.get("/<string:certificate_number>.png", endpoint="show")
@members_only
def picture(certificate_number: str) -> ResponseReturnValue:
    """Return one's own certificate as a picture."""
    paper = _paper(queries.mine(current_person().id, certificate_number))
    made = kept("certificate pictures", MOST).get(paper, lambda: certificate_png(paper))
    return _send(made, "image/png", f"{certificate_number}.png")


@prints.get("/<string:certificate_number>.pdf", endpoint="show")
@role(*ROLES)
def printed(certificate_number: str) -> ResponseReturnValue:
    """Return what one's community issued as PDF, to print for somebody without a printer."""
    return _pdf(queries.through(current_person().paths(*ROLES), certificate_number))


def _pdf(found: Found) -> ResponseReturnValue:
    paper = _paper(found)
    made = kept("certificate files", MOST).get(paper, lambda: certificate_pdf(paper))
    return _send(made, "application/pdf", f"{wording.TITLE}{found.number}.pdf")


def _paper(found: Found) -> CertificatePaper:
    """Return what is printed; what is void is not handed out any more."""
    if found.void is not None:
        raise IsVoid(
            _("This certificate is void, so it is not printed any more. Ask for a new one."),
            link=_why(found),
        )
    if found.holder is None:
        raise NotFound(_("Whose it was has been erased, so it cannot be printed again."))
    address = f"{request.host_url}certificates/{found.number}"
    return CertificatePaper(found.certificate.sheet, found.holder.words, address)


def _why(found: Found) -> tuple[str, str]:
    """Return where whoever asks reads why: on their own page, or at the desk."""
    own = found.certificate.person_id == current_person().id
    number = found.number
    address = f"/me/certificates/{number}" if own else f"/desk/certificates/{number}/voiding"
    return (address, _("See why"))


def _send(made: bytes, kind: str, name: str) -> ResponseReturnValue:
    etag = hashlib.sha256(made).hexdigest()[:24]
    response = send_file(BytesIO(made), mimetype=kind, download_name=name, etag=etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
