"""Stars: the scale for everybody, one's own, the desk that decides, the office that settles."""

from volunteer_site.recognition.stars.views import desk, mine, office, public

blueprints = (
    public.bp,
    mine.bp,
    mine.withdrawals,
    desk.bp,
    desk.openings,
    desk.awards,
    desk.refusals,
    office.bp,
    office.scale,
    office.people,
    office.bars,
    office.liftings,
    office.reviews,
)
