"""For everybody: whether a certificate is genuine, and whether it holds (R33, R34)."""

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from volunteer_site.core import clock
from volunteer_site.core.access import public
from volunteer_site.core.db import write_transaction
from volunteer_site.core.errors import NotFound
from volunteer_site.core.words import gettext as _
from volunteer_site.recognition.certificates import numbers, queries, services, settings, wording
from volunteer_site.recognition.certificates.forms import CheckForm
from volunteer_site.recognition.certificates.services import Fit, Gate
from volunteer_site.recognition.certificates.signing import SALT

ADDRESS = "/certificates"
A_WHILE = 10 * 60  # seconds that an answer can be looked at again

bp = Blueprint("certificates", __name__, url_prefix=ADDRESS)


@bp.get("")
@public
def index() -> Response:
    """Ask for the number and something else that stands on the paper."""
    return _form(CheckForm())


@bp.get("/<string:certificate_number>")
@public
def show(certificate_number: str) -> Response:
    """Ask for what else stands on the paper; whoever has answered just now sees the result."""
    try:
        number = numbers.read(certificate_number)
    except numbers.Mistyped:
        raise NotFound(
            _(
                "This cannot be a number of a certificate: of its 12 digits one is wrong, missing "
                "or too many. Compare it."
            ),
            link=(ADDRESS, _("Type it again")),
        ) from None
    if fit := _answered(number):
        return _result(number, fit)
    return _form(CheckForm(data={"number": numbers.spaced(number)}), named=True)


@bp.post("")
@public
def create() -> ResponseReturnValue:
    """Look whether it is there and what was said fits; too many wrong ones are stopped."""
    form = CheckForm(request.form)
    if not form.validate():
        return _form(form, status=422)
    number, address = form.number.data, request.remote_addr or ""
    with write_transaction():
        fit = services.check(_gate(), number, form.said.data or "", address, now=clock.now())
    if not fit:
        form.number.data, form.said.errors = numbers.spaced(number), [_wrong()]
        return _form(form, status=422)
    return redirect(f"{ADDRESS}/{number}?seen={_passes().dumps([number, fit])}", code=303)


def _wrong() -> str:
    return _(
        "There is no certificate with this number and this sign. Compare both with the paper; if "
        "they are right, the paper was not issued here."
    )


def _answered(number: str) -> Fit:
    """Tell how far whoever asks has said the right thing within the last minutes."""
    try:
        seen = _passes().loads(request.args.get("seen", ""), max_age=A_WHILE)
    except BadSignature:
        return Fit.NOT
    return next((fit for fit in (Fit.PART, Fit.NAME) if seen == [number, fit]), Fit.NOT)


def _result(number: str, fit: Fit) -> Response:
    found = queries.by_number(number)
    if found is None:
        raise NotFound(_("There is no certificate with this number."))
    genuine = _gate().key.fits(found.certificate, found.holder)
    page = render_template(
        "recognition/certificates/result.html",
        found=found,
        words=found.words if genuine else None,
        genuine=genuine,
        whole_name=fit == Fit.NAME,
        spaced=wording.spoken,
    )
    return _unkept(page)


def _form(form: CheckForm, *, named: bool = False, status: int = 200) -> Response:
    page = render_template("recognition/certificates/check.html", form=form, named=named)
    return _unkept(page, status)


def _unkept(page: str, status: int = 200) -> Response:
    """Answer with a page that no proxy keeps and no search engine lists."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _gate() -> Gate:
    config = current_app.config
    return Gate(settings.key(), config["PASSWORD_TRIES"], config["PASSWORD_LOCK_MINUTES"])


def _passes() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"{SALT}.seen")
