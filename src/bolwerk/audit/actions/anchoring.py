"""Writing the head of the chain down outside: in a file, in a mailbox, at a second installation.

Whoever owns the database can compute a whole chain anew. What lies elsewhere does not change with it, so
`bolwerk audit verify --anchors FILE` finds that out.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from bolwerk.audit.actions.recording import record_apart
from bolwerk.audit.models import Head
from bolwerk.audit.rules.addresses import checked_address
from bolwerk.audit.rules.anchors import Anchor, anchor
from bolwerk.audit.rules.things import HEAD, PEER, SYSTEM

ANSWER_SECONDS = 20


class NothingToAnchorError(LookupError):
    """The trail is still empty."""


def anchor_now(*, at: datetime) -> list[Anchor]:
    """Anchor the head everywhere the settings say; the worker calls this on time. Nothing set: nothing done."""
    ways: tuple[tuple[str, Callable[..., Anchor]], ...] = (
        (settings.AUDIT_ANCHOR_FILE, lambda place: anchor_in_file(file=Path(place), at=at)),
        (settings.AUDIT_ANCHOR_MAIL, lambda place: anchor_by_mail(to=place, at=at)),
        (settings.AUDIT_ANCHOR_URL, lambda place: anchor_elsewhere(url=place, at=at)),
    )
    return [way(place) for place, way in ways if place]


def anchor_in_file(*, file: Path, at: datetime) -> Anchor:
    """Add the head to a file that only grows; best on a disk that the owner of the database cannot write to."""
    head = _head(at=at)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{head}\n")
        lines.flush()
        os.fsync(lines.fileno())
    return _anchored(head, by="file", at=at)


def anchor_by_mail(*, to: str, at: datetime) -> Anchor:
    """Mail the head to a set address. Kept mails, saved as text, are anchors for `verify --anchors`."""
    head = _head(at=at)
    with override(settings.LANGUAGE_CODE):  # whatever a terminal speaks, mail speaks the language of the installation
        subject = _("The log of Bolwerk: where it stands")
        text = _("Keep this message: it proves later that the log of Bolwerk was not made up afterwards.")
    send_mail(subject, f"{text}\n\n{head}\n", None, [to])
    return _anchored(head, by="mail", at=at)


def anchor_elsewhere(*, url: str, at: datetime) -> Anchor:
    """Give the head to a second installation, which keeps it as a line in its own trail.

    Raises UnsafeAddressError for plain http to another machine, and OSError when the other side does not take it.
    """
    checked_address(url)
    head = _head(at=at)
    request = Request(url, data=urlencode(vars(head)).encode(), method="POST")  # noqa: S310  the scheme is checked above
    request.add_header("Authorization", f"Bearer {settings.AUDIT_ANCHOR_SECRET}")
    with urlopen(request, timeout=ANSWER_SECONDS):  # noqa: S310  an address from the settings, never from a person
        return _anchored(head, by="installation", at=at)


def take_anchor(*, given: Anchor, peer: str, at: datetime) -> None:
    """Keep the end of another installation's trail as a line in ours."""
    record_apart(
        "audit.anchor.received",
        subject=f"{PEER}{peer}",
        actor=f"{PEER}{peer}",
        at=at,
        line=given.sequence,
        hash=given.hash,
        anchored_at=given.at,
    )


def _head(*, at: datetime) -> Anchor:
    head = Head.objects.filter(pk=1).first()
    if head is None or not head.sequence:
        raise NothingToAnchorError
    return anchor(sequence=head.sequence, hash_=head.hash, at=at)


def _anchored(head: Anchor, *, by: str, at: datetime) -> Anchor:
    record_apart("audit.head.anchored", subject=HEAD, actor=SYSTEM, at=at, line=head.sequence, by=by)
    return head
