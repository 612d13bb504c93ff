"""Trade names made comparable: without case, accents, signs and legal form."""

import re
import unicodedata
from functools import lru_cache

_FORMS = re.compile(
    r"\b(b ?v|n ?v|v ?o ?f|c ?v|u ?a|b ?a|eenmanszaak|stichting|vereniging|cooperatie|maatschap|"
    r"i o|in oprichting|vennootschap onder firma|besloten vennootschap|naamloze vennootschap|h o d n|handelend onder)\b"
)
"""Legal forms as they stand in names, after signs became spaces."""


@lru_cache(maxsize=1 << 16)
def trade_name(name: str | None) -> str:
    """`Bäckerei Jansen & Zn. B.V.` → `backerei jansen en zn`; nothing becomes the empty text."""
    bare = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower().replace("&", " en ")
    words = re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "")).strip()
    kept = re.sub(r"\s+", " ", _FORMS.sub(" ", words)).strip()
    return kept or words  # a company that is called after its form only
