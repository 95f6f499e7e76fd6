"""The office's desk of findings and rules, and the questions that coordinators answer."""

from volunteer_site.oversight.anomalies.views import answers, office, questions, rules

blueprints = (
    office.bp,
    answers.clearances,
    answers.questions,
    answers.reversals,
    rules.bp,
    rules.rule,
    questions.bp,
)
