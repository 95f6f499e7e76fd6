"""What can be done with good deeds; each file is one subject."""

from volunteer_site.recognition.deeds.services.consents import (
    forget_person,
    forget_photos,
    record_consent,
    withdraw_consent,
)
from volunteer_site.recognition.deeds.services.nominating import (
    Told,
    allow_another,
    nominate,
    rewrite,
)
from volunteer_site.recognition.deeds.services.panel import end, name
from volunteer_site.recognition.deeds.services.publishing import (
    publish,
    put_on_notice,
    refuse,
    take_back,
    take_down,
)
from volunteer_site.recognition.deeds.services.weighing import begin, vote

__all__ = [
    "Told",
    "allow_another",
    "begin",
    "end",
    "forget_person",
    "forget_photos",
    "name",
    "nominate",
    "publish",
    "put_on_notice",
    "record_consent",
    "refuse",
    "rewrite",
    "take_back",
    "take_down",
    "vote",
    "withdraw_consent",
]
