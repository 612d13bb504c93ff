"""Numbers that can be read out: they name a thing and open nothing."""

from secrets import choice

# No vowels, so that no number spells a word; no 0, 1, I, L or O, so that it can be read out on the phone.
REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A number for a report: unlikely to be taken, easy to read out."""
    letters = "".join(choice(REFERENCE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
