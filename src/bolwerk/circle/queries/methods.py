"""The methods that come along, as files; a municipality puts its own in `<dir>/content/methods`, instead or besides."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from bolwerk.circle.rules.methods import (
    Method,
    MethodError,
    Phase,
    as_plain,
    from_plain,
    phases_for,
    read_method,
    same_shape,
)
from bolwerk.ui.content import content_language, read_yaml

CONTENT = Path(__file__).resolve().parent.parent / "content" / "methods"
LANGUAGES = ("nl", "en")


def methods() -> list[Method]:
    """Every method that is right, in the reader's language or else in the one there is."""
    found = [versions.get(content_language()) or next(iter(versions.values())) for versions in _all().values()]
    return sorted(found, key=lambda one: (one.order, one.title))


def method_of(slug: str) -> Method | None:
    """A method by its short name."""
    return next((one for one in methods() if one.slug == slug), None)


def copy_of(slug: str, *, case_known: bool) -> dict[str, Any]:
    """What a run keeps of a method: title and phases, by language. Empty when there is no such method."""
    return {
        language: {"title": method.title, "phases": as_plain(phases_for(method, case_known=case_known))}
        for language, method in _all().get(slug, {}).items()
    }


def in_language(kept: dict[str, Any], language: str) -> tuple[str, list[Phase]]:
    """Title and phases of what a run keeps, in a language or else in the one there is."""
    one = kept.get(language) or next(iter(kept.values()))
    return one["title"], from_plain(one["phases"])


def phases_of(kept: dict[str, Any]) -> list[Phase]:
    """The phases that a run keeps, in the reader's language."""
    return in_language(kept, content_language())[1]


def _all() -> dict[str, dict[str, Method]]:
    """Every method by slug and language; a method of which one file is wrong is not there."""
    found: dict[str, dict[str, Method]] = {}
    for slug in sorted(_files()):
        try:
            found[slug] = _read(slug)
        except MethodError:
            continue
    return found


def _read(slug: str) -> dict[str, Method]:
    read = {language: method_in(file, slug) for language, file in _files()[slug].items()}
    if len(read) > 1 and not same_shape(*read.values()):
        raise MethodError(_("The phases in Dutch and in English are not the same: minutes, forms and options must be."))
    return read


def _files() -> dict[str, dict[str, Path]]:
    """The files of each method, by language. Of a method that a municipality wrote itself only its own files count."""
    own = Path(settings.BOLWERK_DIR) / "content" / "methods"
    found: dict[str, dict[str, Path]] = {}
    for folder in (CONTENT, own):
        here: dict[str, dict[str, Path]] = {}
        for file in sorted(folder.glob("*.yaml")):
            slug, _dot, language = file.stem.rpartition(".")
            if slug and language in LANGUAGES:
                here.setdefault(slug, {})[language] = file
        found |= here
    return found


def method_in(file: Path, slug: str) -> Method:
    """The method in a file, read once for as long as the file is the same. Raises MethodError with a sentence."""
    try:
        return _read_once(file, file.stat().st_mtime_ns, slug)
    except OSError as error:
        raise MethodError(_("It cannot be read (%(where)s).") % {"where": type(error).__name__}) from None


@lru_cache(maxsize=256)
def _read_once(file: Path, _changed: int, slug: str) -> Method:
    try:
        raw = read_yaml(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        where = getattr(error, "problem_mark", None)
        line = _("line %(line)d") % {"line": where.line + 1} if where else type(error).__name__
        raise MethodError(_("It cannot be read (%(where)s).") % {"where": line}) from None
    return read_method(slug, raw)


def trouble_with_methods() -> Iterator[str]:
    """A sentence for each method that is not right."""
    for slug, files in sorted(_files().items()):
        try:
            _read(slug)
        except MethodError as error:
            wrong = [file for file in files.values() if _is_wrong(file, slug)] or list(files.values())
            yield _("The method in %(file)s is not used: %(why)s") % {"file": wrong[0], "why": error}


def _is_wrong(file: Path, slug: str) -> bool:
    try:
        method_in(file, slug)
    except MethodError:
        return True
    return False
