"""The themes come from content: Bolwerk's own list, or the municipality's."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from bolwerk.accounts.models import Theme
from bolwerk.audit.actions import record
from bolwerk.ui.content import read_yaml

CONTENT = Path(__file__).resolve().parent.parent / "content"


def content(*, name: str, folder: Path | None) -> list[dict[str, Any]]:
    """The entries of `<folder>/content/<name>` when the municipality has that file, else of Bolwerk's own."""
    own = folder / "content" / name if folder else None
    file = own if own and own.is_file() else CONTENT / name
    return list(read_yaml(file.read_text(encoding="utf-8")) or [])


@transaction.atomic
def load_themes(*, folder: Path | None, by: str, at: datetime) -> int:
    """Make the themes equal to the list; return how many there are. Themes that left the list stay, at the end.

    `folder` is the installation's: its `content/themes.nl.yaml` replaces Bolwerk's list. Twice is once.
    """
    english = {entry["code"]: entry["title"] for entry in content(name="themes.en.yaml", folder=folder)}
    entries = content(name="themes.nl.yaml", folder=folder)
    Theme.objects.exclude(code__in=[entry["code"] for entry in entries]).update(position=len(entries))
    for position, entry in enumerate(entries):
        values = {"title": entry["title"], "title_en": english.get(entry["code"], ""), "position": position}
        Theme.objects.update_or_create(code=entry["code"], defaults=values)
    record("accounts.themes.loaded", subject="urn:bolwerk:accounts:themes", actor=by, at=at, themes=len(entries))
    return len(entries)
