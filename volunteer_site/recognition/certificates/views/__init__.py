"""The volunteer's own certificates, the desk that approves and voids, the check for everybody."""

from volunteer_site.recognition.certificates.views import (
    decisions,
    desk,
    mine,
    public,
    requests,
    window,
)

blueprints = (
    public.bp,
    mine.bp,
    requests.bp,
    requests.successors,
    desk.bp,
    desk.terms,
    window.bp,
    window.one,
    decisions.bp,
    decisions.approvals,
    decisions.refusals,
    decisions.voidings,
)
