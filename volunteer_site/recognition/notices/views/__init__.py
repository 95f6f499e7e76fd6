"""The public page of a notice, and the desk where objections are answered."""

from volunteer_site.recognition.notices.views import desk, public

blueprints = (public.bp, public.objections, desk.bp, desk.answers)
