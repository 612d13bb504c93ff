"""What the worker does for this room on time. Each may run twice without harm."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from bolwerk.audit.actions import SYSTEM
from bolwerk.circle.actions import outcomes, renew_link, roles
from bolwerk.circle.actions.cards import load_library
from bolwerk.circle.queries.circles import waiting_invitation
from bolwerk.circle.queries.library_files import shipped_cards


def read_library() -> None:
    """Read in the starting library, and what changed in it since."""
    load_library(cards=shipped_cards(), by=SYSTEM, at=timezone.now())


def publish_outcomes() -> None:
    """Publish what came of cards, up to the last closed quarter."""
    outcomes.publish_outcomes(at=timezone.now())


def take_back_roles() -> None:
    """Take the role of a member back from whoever is in no circle any more."""
    roles.take_back_roles(at=timezone.now())


@task
def send_invitation(participant: str) -> None:
    """Mail somebody who is new a personal link. It is made here, so that it stands in this mail and nowhere else."""
    found = waiting_invitation(UUID(participant))
    if found is None or settings.MAIL_SERVER is None:
        return
    link = renew_link(participant=found, by=SYSTEM, at=timezone.now())
    if link is None:
        return
    address = settings.BOLWERK_BASE_URL + reverse("circle:invitation", args=[link])
    with translation.override(settings.LANGUAGE_CODE):
        kind = "invitation" if found.accepted_at is None else "way_back"
        subject = render_to_string(f"circle/mail/{kind}_subject.txt").strip()
        words = {"link": address, "by": found.member.circle.founded_by.name}
        body = render_to_string(f"circle/mail/{kind}_body.txt", words)
    send_mail(subject, body, None, [found.email])
