"""The public page, the office's cases, and what communities are asked."""

from volunteer_site.oversight.complaints.views import cases, public, questions

blueprints = (
    public.bp,
    public.notes,
    cases.bp,
    cases.notes,
    cases.questions,
    cases.outcomes,
    questions.bp,
    questions.replies,
)
