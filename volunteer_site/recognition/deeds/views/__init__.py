"""The board for everybody, telling a deed, the desk that leads the case, the panel that weighs."""

from volunteer_site.recognition.deeds.views import (
    consents,
    desk,
    nominations,
    panel,
    panels,
    public,
    steps,
)

blueprints = (
    public.bp,
    public.photos,
    nominations.bp,
    desk.bp,
    desk.photos,
    steps.weighings,
    steps.notices,
    steps.publications,
    steps.refusals,
    steps.returns,
    steps.takedowns,
    consents.bp,
    consents.withdrawals,
    panels.bp,
    panels.endings,
    panel.bp,
    panel.photos,
    panel.votes,
)
