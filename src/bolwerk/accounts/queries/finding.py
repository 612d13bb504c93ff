"""Finding one person by what somebody types."""

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries.people import named_like

SUGGESTED = 5


class NobodyFoundError(LookupError):
    """Nobody has this name or e-mail address."""


class SeveralFoundError(LookupError):
    """More than one person has this name; the message names some of them with their e-mail address."""


def one_person(words: str) -> Person:
    """The one person, here or left, whose name or e-mail address is exactly this, or contains every one of the words.

    For people who may see everybody's name. Raises NobodyFoundError or SeveralFoundError.
    """
    everybody = Person.objects.all()
    for found in (everybody.filter(email__iexact=words.strip()), everybody.filter(name__iexact=words.strip())):
        if len(people := list(found[:2])) == 1:
            return people[0]
    people = list(named_like(everybody, words)[: SUGGESTED + 1])
    if not people or not words.strip():
        raise NobodyFoundError
    if len(people) > 1:
        raise SeveralFoundError("; ".join(f"{person.name} ({person.email})" for person in people[:SUGGESTED]))
    return people[0]
