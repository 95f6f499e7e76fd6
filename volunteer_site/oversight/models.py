"""The tables of objections, complaints and findings, for whoever needs all of them to be known."""

from volunteer_site.oversight.anomalies import models as anomalies
from volunteer_site.oversight.complaints import models as complaints
from volunteer_site.oversight.exports import models as exports
from volunteer_site.oversight.findings import models as findings
from volunteer_site.oversight.objections import models as objections
from volunteer_site.oversight.questions import models as questions
from volunteer_site.oversight.spot_checks import models as spot_checks

__all__ = [
    "anomalies",
    "complaints",
    "exports",
    "findings",
    "objections",
    "questions",
    "spot_checks",
]
