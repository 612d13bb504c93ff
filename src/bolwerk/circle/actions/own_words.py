"""The list of a municipality: words that the check of its cases always finds."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Member, OwnWord
from bolwerk.circle.queries.cases import own_words
from bolwerk.circle.rules.cases import MOST_OWN_WORDS, OWN_WORD_LIMIT
from bolwerk.circle.rules.circles import CircleError

HOUSE = "urn:bolwerk:circle:own_words"  # of the house: what the trail calls its list


@transaction.atomic
def add_own_words(*, member: Member | None, words: Iterable[str], by: Person, at: datetime) -> int:
    """Put words on the list, without a member on that of the house; return how many were new.

    Raises CircleError for one that is too long, or too many.
    """
    if member is not None:
        Member.objects.select_for_update(of=("self",)).get(pk=member.pk)  # two who add at once: no word twice
    known = {row.words.casefold() for row in own_words(member)}
    fresh = []
    for word in (" ".join(one.split()) for one in words):
        if len(word) > OWN_WORD_LIMIT:
            raise CircleError(_("“%(word)s…” is too long for one word or name.") % {"word": word[:30]}, field="words")
        if word and word.casefold() not in known:
            known.add(word.casefold())
            fresh.append(word)
    if len(known) > MOST_OWN_WORDS:
        raise CircleError(_("A list has at most %(most)s words.") % {"most": MOST_OWN_WORDS}, field="words")
    for word in fresh:
        OwnWord.objects.create(member=member, words=word, by=by, at=at)
    if fresh:
        record("circle.own_words.added", subject=_subject(member), actor=by.urn, at=at, count=len(fresh))
    return len(fresh)


def _subject(member: Member | None) -> str:
    return member.circle.urn if member else HOUSE


@transaction.atomic
def remove_own_word(*, word: OwnWord, by: Person, at: datetime) -> None:
    """Take a word off the list."""
    if OwnWord.objects.filter(pk=word.pk).delete()[0]:
        record("circle.own_words.removed", subject=_subject(word.member), actor=by.urn, at=at)
