"""Making a publication: begin, put things in, order them, let it go out. What is out never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Circle, Edition, EditionItem
from bolwerk.circle.rules.publications import MOST_ITEMS, NotToPublishError, check_edition
from bolwerk.vault.fields import protected_field


class EditionOutError(Exception):
    """This edition is out: nothing in it changes any more."""


@dataclass(frozen=True)
class Words:
    """One thing to put in an edition."""

    kind: str
    chapter: str
    title: str
    text: str
    level: str
    said_by: str = ""
    consent: str = ""
    source: str = ""


@transaction.atomic
def begin_edition(*, circle: Circle, title: str, by: Person, at: datetime) -> Edition:
    """Begin the next edition, as a copy of the last one; one that is being made already is given back."""
    Circle.objects.select_for_update().filter(pk=circle.pk).first()
    last = Edition.objects.filter(circle=circle).first()
    if last and last.published_at is None:
        return last
    fresh = Edition.objects.create(circle=circle, number=last.number + 1 if last else 1, title=title, by=by, made_at=at)
    if last:
        fresh.subtitle, fresh.intro, fresh.language = last.subtitle, last.intro, last.language
        fresh.save()
        for item in last.items.all():
            words = {name: getattr(item, name) for name in Words.__dataclass_fields__}
            EditionItem.objects.create(edition=fresh, position=item.position, **words)
    record("circle.edition.begun", subject=fresh.urn, actor=by.urn, at=at, number=fresh.number)
    return fresh


@transaction.atomic
def word_edition(*, edition: Edition, title: str, subtitle: str, intro: str, by: Person, at: datetime) -> None:
    """Set title and introduction. Raises EditionOutError."""
    locked = _open(edition)
    locked.title, locked.subtitle, locked.intro = title, subtitle, intro
    locked.save(update_fields=["title", "subtitle", "intro"])
    record("circle.edition.changed", subject=locked.urn, actor=by.urn, at=at)


@transaction.atomic
def put_in(*, edition: Edition, words: Words, by: Person, at: datetime) -> EditionItem:
    """Put something at the end of an edition. Raises EditionOutError, or NotToPublishError when it is full."""
    locked = _open(edition)
    last = locked.items.last()
    if last and locked.items.count() >= MOST_ITEMS:
        raise NotToPublishError(_("An edition has at most %(most)d things in it.") % {"most": MOST_ITEMS})
    item = EditionItem.objects.create(edition=locked, position=last.position + 1 if last else 1, **vars(words))
    record("circle.edition.changed", subject=locked.urn, actor=by.urn, at=at)
    return item


@transaction.atomic
def put_in_all(*, edition: Edition, words: Sequence[Words], by: Person, at: datetime) -> None:
    """Put several things in, all or none. Raises EditionOutError, or NotToPublishError when it is full."""
    for one in words:
        put_in(edition=edition, words=one, by=by, at=at)


def take_back_consent(*, source: str) -> None:
    """Whoever said it does not want it published any more: in editions that are being made the yes goes.

    Call it inside the transaction in which that was said. An edition that is out stays as it is.
    """
    rows = EditionItem.objects.filter(source=source, edition__published_at=None)
    protected_field(EditionItem, "consent").store(dict.fromkeys(rows.values_list("pk", flat=True), ""))


@transaction.atomic
def change_item(*, item: EditionItem, words: Words, by: Person, at: datetime) -> None:
    """Change something in an edition. Raises EditionOutError."""
    edition = _open(item.edition)
    for name, value in vars(words).items():
        setattr(item, name, value)
    item.save()
    record("circle.edition.changed", subject=edition.urn, actor=by.urn, at=at)


@transaction.atomic
def take_out_item(*, item: EditionItem, by: Person, at: datetime) -> None:
    """Take something out of an edition. Raises EditionOutError."""
    edition = _open(item.edition)
    EditionItem.objects.filter(pk=item.pk).delete()
    record("circle.edition.changed", subject=edition.urn, actor=by.urn, at=at)


@transaction.atomic
def move_up(*, item: EditionItem, by: Person, at: datetime) -> None:
    """Let something change places with what stands before it. Raises EditionOutError."""
    edition = _open(item.edition)
    rows = list(edition.items.all())
    place = next(number for number, row in enumerate(rows) if row.pk == item.pk)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for number, row in enumerate(rows, start=1):
        EditionItem.objects.filter(pk=row.pk).update(position=number)
    record("circle.edition.changed", subject=edition.urn, actor=by.urn, at=at)


@transaction.atomic
def bring_out(*, edition: Edition, by: Person, at: datetime) -> Edition:
    """Let an edition go out: green only, each with consent. Raises NotToPublishError or EditionOutError."""
    locked = _open(edition)
    check_edition([item.part for item in locked.items.all()])
    locked.published_at = at
    locked.save(update_fields=["published_at"])
    record("circle.edition.published", subject=locked.urn, actor=by.urn, at=at, number=locked.number)
    return locked


def _open(edition: Edition) -> Edition:
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.published_at:
        raise EditionOutError
    return locked
