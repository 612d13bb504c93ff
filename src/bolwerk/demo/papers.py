"""Photos that were sent along in Zilverdam, and letters about them."""

from datetime import datetime, timedelta

from bolwerk.accounts.models import Person
from bolwerk.demo.pictures import SCENES, photo
from bolwerk.documents.actions import Upload, begin_letter, keep_letter
from bolwerk.documents.models import Letter
from bolwerk.documents.queries import digest_of, pdf_of, template_of
from bolwerk.incidents.actions import add_photos
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import letter_facts
from bolwerk.incidents.rules import Channel, Status

PHOTOS = 6  # incidents with a photo: each takes about half a second to clean
A_MINUTE = timedelta(minutes=1)


def add_papers(*, coordinator: Person, at: datetime) -> None:
    """Give the latest incidents a photo, and the first of them letters: one that was kept, and one half-way."""
    with_a_scene = Incident.objects.filter(channel__in=list(SCENES)).exclude(status=Status.CLOSED)
    chosen = list(with_a_scene.select_related("reporter", "happened_to", "department")[:PHOTOS])
    for incident in chosen:
        _send_photo(incident, at=incident.reported_at + A_MINUTE)
    if chosen:
        _keep(_begin(chosen[0], "acknowledgement", by=coordinator, at=at), by=coordinator, at=at)
        _begin(chosen[0], "invitation", by=coordinator, at=at)


def _send_photo(incident: Incident, *, at: datetime) -> None:
    data = photo(Channel(incident.channel))
    upload = Upload("foto.jpg", "image/jpeg", data, len(data))
    add_photos(incident=incident, uploads=[upload], by=incident.reporter, at=at)


def _begin(incident: Incident, code: str, *, by: Person, at: datetime) -> Letter:
    template = template_of("incidents", code, "nl")
    facts = letter_facts(incident, by=by, at=at, language="nl")
    return begin_letter(subject=incident.urn, template=template, facts=facts, by=by, at=at)


def _keep(letter: Letter, *, by: Person, at: datetime) -> None:
    keep_letter(letter=letter, shown=digest_of(pdf_of(letter)), by=by, at=at)
