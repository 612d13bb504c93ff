"""Which letters and reports a room can make. A municipality's own files come before those of Bolwerk."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.letters import Template
from bolwerk.ui.content import read_yaml

LAYOUTS = Path(__file__).resolve().parent.parent / "content" / "letters"
LANGUAGES = ("nl", "en")
SUFFIX = ".yaml"


class NoSuchTemplateError(LookupError):
    """There is no letter of that name in that language."""


def own_folder() -> Path:
    """Where the municipality puts its own letters and layouts: `<dir>/content/letters`."""
    return Path(settings.BOLWERK_DIR) / "content" / "letters"


def fonts_folder() -> Path:
    """Where the municipality puts the fonts of its house style: `<dir>/content/fonts`."""
    return Path(settings.BOLWERK_DIR) / "content" / "fonts"


def room_of(subject: str) -> str:
    """The room that a subject belongs to, by its URN."""
    return subject.split(":")[2]


def templates_of(room: str) -> list[Template]:
    """Every letter and report of a room, Dutch first, in the order of their titles."""
    folder = Path(apps.get_app_config(room).path) / "content" / "letters"
    files = {file.name: file for place in (folder, own_folder() / room) for file in sorted(place.glob(f"*{SUFFIX}"))}
    found = [template for file in files.values() if (template := _read(file, file.stat().st_mtime_ns))]
    return sorted(found, key=lambda one: (LANGUAGES.index(one.language), one.kind != Kind.LETTER, one.title))


def template_of(room: str, code: str, language: str) -> Template:
    """One of them. Raises NoSuchTemplateError."""
    found = [one for one in templates_of(room) if (one.code, one.language) == (code, language)]
    if not found:
        raise NoSuchTemplateError(f"{room}: {code}.{language}")
    return found[0]


@lru_cache(maxsize=256)
def _read(file: Path, _changed: int) -> Template | None:
    """One file; None for a file in another language than ours."""
    code, _dot, language = file.name.removesuffix(SUFFIX).rpartition(".")
    if language not in LANGUAGES:
        return None
    known: dict[str, Any] = read_yaml(file.read_text(encoding="utf-8"))
    kind = Kind(known.pop("kind"))
    texts = {name: str(text).strip() for name, text in known.items()}
    return Template(code=code, language=language, kind=kind, **texts)


def layout_of(kind: Kind) -> dict[str, str]:
    """The Typst files of a letter or a report, by name; the municipality's own where it has them."""
    files = {"main.typ": f"{kind.value}.typ", "house.typ": "house.typ"}
    return {name: _file(file).read_text(encoding="utf-8") for name, file in files.items()}


def booklet_layout() -> dict[str, str]:
    """The Typst files of a booklet, by name; the municipality's own where it has them."""
    files = {"main.typ": "booklet.typ", "house.typ": "house.typ"}
    return {name: _file(file).read_text(encoding="utf-8") for name, file in files.items()}


def poster_layout() -> dict[str, str]:
    """The Typst files of a poster, by name; the municipality's own where it has them."""
    files = {"main.typ": "poster.typ", "house.typ": "house.typ"}
    return {name: _file(file).read_text(encoding="utf-8") for name, file in files.items()}


def editable_layout() -> Path:
    """The Word file in which a letter goes out to be adapted."""
    return _file("letter.docx")


def _file(name: str) -> Path:
    own = own_folder() / name
    return own if own.is_file() else LAYOUTS / name
