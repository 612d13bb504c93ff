"""Where the steps of writing a case live: in a circle, or at home for a circle elsewhere."""

from dataclasses import dataclass

from django.urls import reverse

from bolwerk.circle.access.cases import Desk
from bolwerk.circle.models import CaseDraft


@dataclass(frozen=True)
class Places:
    """The addresses that the pages of a draft link to."""

    start: str  # where one comes from and goes back to
    own_words: str
    write: str = ""
    check: str = ""
    share: str = ""
    throw_away: str = ""


def places_of(desk: Desk, draft: CaseDraft | None = None) -> Places:
    """The addresses of a desk, with those of a draft when there is one."""
    at, own = ("", [desk.circle.pk]) if desk.circle else ("home_", [])
    start = reverse("circle:cases", args=own) if desk.circle else reverse("circle:home_cases")
    words = reverse(f"circle:{at}own_words", args=own)
    if draft is None:
        return Places(start, words)
    steps = [reverse(f"circle:{at}{name}", args=[*own, draft.pk]) for name in STEPS]
    return Places(start, words, *steps)


STEPS = ("write_case", "check_case", "share_case", "throw_away")
