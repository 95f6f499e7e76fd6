"""What a coordinator chooses for a roll, and why one is withdrawn."""

from datetime import datetime

from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from volunteer_site.core.forms import Form
from volunteer_site.core.words import lazy_gettext as _l
from volunteer_site.recognition.rolls import rule
from volunteer_site.recognition.rolls.rule import Terms

MOST_MINUTES = 31 * 24 * 60
REASON_LENGTH = 200
USUAL, NOW = "usual", "now"


class TermsForm(Form):
    """Who is on the roll, in which order, and until when hours count."""

    minimum_minutes = IntegerField(
        _l("Least minutes in the month"),
        [InputRequired(), NumberRange(0, MOST_MINUTES)],
        description=_l("60 minutes are one hour. 0 puts everybody on it who served."),
    )
    name_order = SelectField(
        _l("Order among the same hours"),
        [InputRequired()],
        choices=[
            SelectChoice("surname", _l("By the strokes of the surname")),
            SelectChoice("full", _l("By the strokes of the whole name")),
        ],
    )
    cutoff = SelectField(
        _l("Count hours recorded"),
        [InputRequired()],
        choices=[
            SelectChoice(USUAL, _l("until three days after the month")),
            SelectChoice(NOW, _l("until this moment")),
        ],
    )

    def terms(self, month: str, unit: int, now: datetime) -> Terms:
        """Return what was chosen; the usual cut-off only when it is over."""
        cutoff_at = min(rule.usual_cutoff(month), now) if self.cutoff.data == USUAL else now
        minutes = self.minimum_minutes.data or 0
        return Terms(cutoff_at, minutes, self.name_order.data, unit)


class PublicationForm(Form):
    """Which draft was looked at before it is published."""

    seen = HiddenField()

    def moment(self) -> datetime | None:
        """Return when the draft that was looked at was prepared; nothing if that was not said."""
        try:
            return datetime.fromisoformat(self.seen.data or "").replace(tzinfo=None)
        except ValueError:
            return None


class WithdrawalForm(Form):
    """Why a published roll is taken back."""

    reason = StringField(
        _l("Why it is withdrawn"),
        [InputRequired(), Length(max=REASON_LENGTH)],
        description=_l("Everybody who opens the roll's address reads this."),
    )
