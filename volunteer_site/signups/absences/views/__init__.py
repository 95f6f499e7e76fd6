"""The web side of absences: for the person, for the desk, for the office."""

from volunteer_site.signups.absences.views import desk, mine, office

blueprints = (mine.bp, mine.appeals, desk.bp, desk.answers, office.bp, office.answers)
