"""The office's desk of findings and rules."""

from volunteer_site.oversight.anomalies.views import answers, office, rules

blueprints = (
    office.bp,
    answers.clearances,
    answers.questions,
    answers.reversals,
    rules.bp,
    rules.rule,
)
