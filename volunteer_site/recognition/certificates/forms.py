"""What a volunteer chooses, what a coordinator decides, and what anybody types to check."""

from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from volunteer_site.core.forms import Form
from volunteer_site.core.words import gettext as _
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.certificates import documents, numbers
from volunteer_site.recognition.certificates.documents import Document
from volunteer_site.recognition.certificates.drafts import Days, Recorder
from volunteer_site.recognition.certificates.models import (
    CONTACT_LENGTH,
    REASON_LENGTH,
    RESPONSIBLE_LENGTH,
)
from volunteer_site.recognition.certificates.places import Place
from volunteer_site.recognition.certificates.services import Wish
from volunteer_site.recognition.certificates.signing import Key

OLDEST = date(2000, 1, 1)


class DaysForm(Form):
    """Whose hours, from which day to which."""

    recorder = SelectField(
        _l("Recorded by"),
        [InputRequired()],
        coerce=int,
        choices=[],
        description=_l("Only who recorded your hours can certify them."),
    )
    first = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last = DateField(_l("Until"), [InputRequired(_l("Choose the last day."))])

    def offer(self, recorders: list[Recorder], today: date) -> "DaysForm":
        """Fill the list; `today` is the last day that can be chosen."""
        self.recorder.choices = [SelectChoice(one.id, one.name) for one in recorders]
        self.today = today
        return self

    def validate_first(self, field: Any) -> None:
        """Refuse days before there was anything of this kind."""
        if field.data and field.data < OLDEST:
            raise ValidationError(_("Choose a day after %(day)s.", day=OLDEST))

    def validate_last(self, field: Any) -> None:
        """Refuse a period that ends before it begins, or later than today."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day is before the first one. Choose a later one."))
        if field.data and field.data > self.today:
            raise ValidationError(_("The last day can be today at the latest."))

    def knows_days(self) -> bool:
        """Tell whether who and when are chosen and can be, whatever else is wrong."""
        return not any(field.errors for field in (self.recorder, self.first, self.last))

    def days(self, person_id: int) -> Days:
        """Return what was chosen."""
        return Days(person_id, self.recorder.data, self.first.data, self.last.data)


class AskForm(DaysForm):
    """Also which document is named, if one is."""

    document_kind = SelectField(
        _l("Identity document on the certificate"),
        [Optional()],
        choices=[
            SelectChoice("", _l("none")),
            *(SelectChoice(kind, kind) for kind in documents.KINDS),
        ],
    )
    document_number = StringField(
        _l("Its number"),
        [Optional(), Length(max=30)],
        description=_l(
            "Printed as 35*************123. This site does not keep the number; with its last "
            "four signs the certificate can be checked."
        ),
    )

    def validate_document_number(self, field: Any) -> None:
        """Ask for a number that can be one, and for none without a kind."""
        kind = self.document_kind.data
        if not kind:
            return
        try:
            documents.tidy(kind, field.data or "")
        except documents.Wrong:
            raise ValidationError(
                _("This is not the number of such a document. Compare it, or choose “none”.")
            ) from None

    def document(self, key: Key) -> Document:
        """Return the document as it is printed, with what is kept to check by."""
        kind = self.document_kind.data
        if not kind:
            return Document()
        number = documents.tidy(kind, self.document_number.data or "")
        digest = key.digest(f"document {documents.last_signs(number).casefold()}")
        return Document(documents.printed(kind, number), digest)


class CheckForm(Form):
    """The number on the paper, and something that whoever holds it knows."""

    number = StringField(
        _l("Number of the certificate"),
        [InputRequired(_l("Type the number on the certificate.")), Length(max=120)],
        description=_l("12 digits, such as 2648 3917 5023."),
    )
    said = StringField(
        _l("Name or its first sign, or last four of the document"),
        [InputRequired(_l("Type what stands on the paper.")), Length(max=50)],
        description=_l(
            "As it stands on the paper, such as 王, or 0123. Only the whole name shows whether "
            "the name was changed."
        ),
    )

    def validate_number(self, field: Any) -> None:
        """Notice a slip of the keyboard before anything is looked up."""
        try:
            field.data = numbers.read(field.data or "")
        except numbers.Mistyped:
            raise ValidationError(
                _(
                    "This cannot be a number of a certificate: of its 12 digits one is wrong, "
                    "missing or too many. Compare it."
                )
            ) from None


class ReasonForm(Form):
    """Why a certificate is refused or void."""

    reason = StringField(
        _l("Why"), [InputRequired(_l("Write the reason.")), Length(max=REASON_LENGTH)]
    )


class TermsForm(Form):
    """How a community issues certificates."""

    approval = BooleanField(_l("A coordinator looks at each certificate before it is issued"))
    responsible = StringField(
        _l("Person responsible (负责人)"),
        [Optional(), Length(max=RESPONSIBLE_LENGTH)],
        description=_l("Printed on it. Left empty: the first coordinator."),
    )
    contact = StringField(
        _l("Telephone for questions"),
        [Optional(), Length(max=CONTACT_LENGTH)],
        description=_l("Printed on it. Left empty: the community's telephone."),
    )

    @classmethod
    def of(cls, place: Place) -> "TermsForm":
        """Fill it in with how it is now."""
        terms = place.terms
        return cls(
            data={
                "approval": not place.at_once,
                "responsible": terms.responsible if terms else "",
                "contact": terms.contact if terms else "",
            }
        )

    def wish(self) -> Wish:
        """Return what was chosen."""
        return Wish(self.approval.data, self.responsible.data or "", self.contact.data or "")
