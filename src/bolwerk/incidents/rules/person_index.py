"""Finding a person whose name lies closed: words made alike, and a keyed hash of each. Pure functions.

Whoever steals the database learns from a hash only that two rows share a word, not which. Every key of the ring has
hashes of its own, as in `processing.rules.index`.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bolwerk.crypto.ring import Key, Ring

PURPOSE = b"bolwerk incidents person index 1"  # another use of the same key says another word
BYTES = 32
TOKEN_BYTES = 8  # of a hash: enough to tell words apart, too short to be worth keeping for anything else
SHORTEST = 2  # signs of a word that is looked for
FORGIVING_FROM = 4  # signs from which one wrong, missing or extra letter still finds the word
MOST_WORDS = 60  # of one person: a long description does not fill the table
PARTICLES = frozenset(
    {"de", "den", "der", "het", "ten", "ter", "te", "van", "von", "la", "le", "el", "al", "of", "en", "heer", "mevrouw"}
)
DATE = re.compile(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
WORD = re.compile(r"[^\W_]+")
SAME_SOUND = (("ij", "y"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("sch", "sg"))


def alike(word: str) -> str:
    """A word as everybody would write it: no capitals, accents or doubled letters, one spelling of one sound."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(sign))
    for one, other in SAME_SOUND:
        plain = plain.replace(one, other)
    return re.sub(r"(.)\1+", r"\1", plain)


def words_of(*texts: str) -> list[str]:
    """The words by which somebody is found, without particles; a date counts as one word, however it was written."""
    found: dict[str, None] = {}
    for text in texts:
        for day, month, year, year_first, month_too, day_too in DATE.findall(text):
            found[f"{year or year_first}-{int(month or month_too):02}-{int(day or day_too):02}"] = None
        words = (alike(word) for word in WORD.findall(DATE.sub(" ", text)) if word.casefold() not in PARTICLES)
        found |= dict.fromkeys(word for word in words if len(word) >= SHORTEST)
    return list(found)[:MOST_WORDS]


def keys_of(word: str) -> set[str]:
    """What stands for a word: itself, and itself with each letter left out, so that one slip does not hide anybody."""
    if len(word) < FORGIVING_FROM or any(sign.isdigit() for sign in word):
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


class PersonIndexer:
    """Makes the hashes of one key of the ring."""

    def __init__(self, key: Key) -> None:
        self.key_id = key.id.hex()
        self._secret = HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=PURPOSE).derive(key.secret)

    def token(self, key: str) -> str:
        """The keyed hash of one of `keys_of`, as hexadecimal signs."""
        return hmac.digest(self._secret, key.encode(), "sha256")[:TOKEN_BYTES].hex()

    def tokens(self, words: Iterable[str]) -> set[str]:
        """The hashes of all these words."""
        return {self.token(key) for word in words for key in keys_of(word)}


def person_indexers(ring: Ring) -> tuple[PersonIndexer, ...]:
    """One for each key of the ring, the current one first."""
    others = [key for key in ring.keys.values() if key.id != ring.current.id]
    return tuple(PersonIndexer(key) for key in (ring.current, *others))
