"""What coordinators and the office type about activities."""

from volunteer_site.activities.forms.activity import ActivityForm, CancellationForm, ShiftForm
from volunteer_site.activities.forms.calendar import DayForm
from volunteer_site.activities.forms.programme import DAYS, ProgrammeForm
from volunteer_site.activities.forms.words import WordsForm

__all__ = [
    "DAYS",
    "ActivityForm",
    "CancellationForm",
    "DayForm",
    "ProgrammeForm",
    "ShiftForm",
    "WordsForm",
]
