"""The municipality's words for codes, as they stand in its files: read when asked, and again when a file changes.

A file that is not right stops nobody from reporting: the list that comes along holds, and `bolwerk doctor` says why.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from bolwerk.incidents.rules.codes import MEANINGS, Code, CodeList, ListError, read_codes
from bolwerk.ui.content import content_file, content_language, read_yaml
from bolwerk.ui.icons import ICONS
from bolwerk.ui.once import asked_once

CONTENT = Path(__file__).resolve().parent.parent / "content"
LANGUAGES = ("nl", "en")


def codes_of(of: CodeList) -> tuple[Code, ...]:
    """The codes that a form offers, in order, in the reader's language. Asked once within one look at a page."""
    language = content_language()
    return asked_once(("codes", of, language), lambda: _codes(of, language))


def _codes(of: CodeList, language: str) -> tuple[Code, ...]:
    name = f"{of.value}.{language}.yaml"
    for file in (content_file(CONTENT, name), CONTENT / name):
        try:
            return _read(file, file.stat().st_mtime_ns, of)
        except ListError:
            continue
    raise ListError(name)  # what comes along is tested


def choices_of(of: CodeList) -> list[tuple[str, str]]:
    """The same for a field with choices."""
    return [(one.code, one.label) for one in codes_of(of)]


def choices_with(of: CodeList, code: str) -> list[tuple[str, str]]:
    """As `choices_of`, with a code that was chosen before and left the list since: what stands there can stay."""
    choices = choices_of(of)
    gone = code and code not in dict(choices)
    return [*choices, (code, word_for(of, code))] if gone else choices


def code_named(of: CodeList, code: str) -> Code | None:
    """The code as the list has it today, or None when it left the list or never stood in it."""
    return next((one for one in codes_of(of) if one.code == code), None)


def word_for(of: CodeList, code: str, *, own: str = "") -> str:
    """How a stored code reads: as the list says, else as it reads with us, else the code itself."""
    found = code_named(of, own or code)
    if found:
        return found.label
    if own:
        return f"{word_for(of, code)} ({own})"
    ours = MEANINGS[of]
    return str(ours(code).label) if code in ours.values else code


def trouble_with_lists() -> Iterator[str]:
    """A sentence for each own file that is not right, and for each list whose languages do not have the same codes."""
    for of in CodeList:
        seen: list[set[str]] = []
        for language in LANGUAGES:
            file = content_file(CONTENT, f"{of.value}.{language}.yaml")
            try:
                seen.append({one.code for one in _read(file, file.stat().st_mtime_ns, of)})
            except ListError as error:
                yield _("The list in %(file)s is not used: %(why)s.") % {"file": file, "why": error}
        if len(seen) == len(LANGUAGES) and seen[0] != seen[1]:
            odd = ", ".join(sorted(seen[0] ^ seen[1]))
            yield _("The list “%(list)s” is not the same in both languages: only one of them has %(codes)s.") % {
                "list": of.value,
                "codes": odd,
            }


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int, of: CodeList) -> tuple[Code, ...]:
    """Raises ListError."""
    try:
        rows = read_yaml(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        where = getattr(error, "problem_mark", None)
        line = _("line %(line)d") % {"line": where.line + 1} if where else type(error).__name__
        raise ListError(_("it cannot be read (%(where)s)") % {"where": line}) from None
    return read_codes(rows, of=of, icons=ICONS)
