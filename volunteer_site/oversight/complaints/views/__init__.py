"""The public page, and the office's cases."""

from volunteer_site.oversight.complaints.views import cases, public

blueprints = (
    public.bp,
    public.notes,
    cases.bp,
    cases.notes,
    cases.questions,
    cases.outcomes,
)
