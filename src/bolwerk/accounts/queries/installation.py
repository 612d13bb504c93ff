"""Which municipality this is, and how it looks."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from bolwerk.accounts.models import Installation, Person
from bolwerk.ui.once import asked_once

CACHED = "accounts.installation"
KEPT_FOR = 10  # seconds
OWN_LOOK = "bolwerk"  # the tokens that come along; every page loads them first


@dataclass(frozen=True)
class Identity:
    """What every page shows of the municipality; an address is empty when there is no logo or no look of its own."""

    name: str
    look: str
    logo_url: str
    theme_url: str


def installation() -> Identity | None:
    """The municipality's name and look; None before the first run.

    Every page asks, and it changes once in years: a process asks the database every KEPT_FOR seconds, so that a change
    made through another process shows that much later.
    """
    identity: Identity | None = cache.get(CACHED)
    if identity is None and (identity := _installation()) is not None:
        cache.set(CACHED, identity, KEPT_FOR)
    return identity


def _installation() -> Identity | None:
    row = Installation.objects.defer("logo").filter(pk=1).first()
    if row is None:
        return None
    file = look_file(row.look)
    return Identity(
        name=row.name,
        look=row.look,
        logo_url=f"{reverse('installation_logo')}?v={row.logo_digest}" if row.logo_type else "",
        theme_url=f"{reverse('installation_look')}?v={file.stat().st_mtime_ns:x}" if file else "",
    )


def is_begun() -> bool:
    """Whether the first run happened."""
    return Installation.objects.filter(pk=1).exists()


def is_empty() -> bool:
    """Whether there is nobody who could sign in, because the first run has yet to happen."""
    return not is_begun() and not Person.objects.exists()


def logo() -> tuple[bytes, str] | None:
    """The bytes of the logo and their media type, or None. Asked once within one look at a page."""
    return asked_once("logo", _logo)


def _logo() -> tuple[bytes, str] | None:
    row = Installation.objects.filter(pk=1).exclude(logo_type="").first()
    return (bytes(row.logo), row.logo_type) if row and row.logo is not None else None


def looks() -> list[str]:
    """Names of the looks to choose from: Bolwerk's own, and each token file in `<installation>/looks`."""
    return [OWN_LOOK, *sorted(file.stem for file in _looks_folder().glob("*.css") if file.stem != OWN_LOOK)]


def look_file(name: str) -> Path | None:
    """The municipality's token file of that name; None for Bolwerk's own look and for a file that went away."""
    return next((file for file in _looks_folder().glob("*.css") if file.stem == name and name != OWN_LOOK), None)


def _looks_folder() -> Path:
    return Path(settings.BOLWERK_DIR) / "looks"
