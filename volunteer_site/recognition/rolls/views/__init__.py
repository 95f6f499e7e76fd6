"""The public page of a roll, and the desk where it is made."""

from volunteer_site.recognition.rolls.views import desk, public, withdrawals

blueprints = (
    public.bp,
    desk.bp,
    desk.months,
    desk.rolls,
    desk.publications,
    desk.people,
    withdrawals.bp,
)
