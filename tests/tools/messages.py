"""Texts in Dutch: collect what must be translated, check that nothing is missing, compile what the product reads.

`python -m tests.tools.messages collect|check|compile`. Collecting needs GNU gettext; the other two need nothing.
A catalogue is kept in the order of its texts, one line each and without dates, so that two branches merge in peace.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.utils.translation.template import templatize

from knooppunt.cli._examples import STEPS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bolwerk"
KNOOPPUNT = SOURCE.parent / "knooppunt"  # a plain library: its command line has a catalogue of its own
COMMANDS = SOURCE / "config" / "commands"
OF_HELP = SOURCE / "config" / "locale" / "nl" / "LC_MESSAGES" / "help.po"  # of `bolwerk`: read before Django starts
OF_KNOOPPUNT = KNOOPPUNT / "locale" / "nl" / "LC_MESSAGES" / "messages.po"
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(\s*{TEXT}(?:\s*,\s*{TEXT})?", re.DOTALL)
# What click itself says, as far as people meet it here. It looks in the same catalogue (`knooppunt.words`).
OF_CLICK = (
    "Usage:",
    "Options",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Show this message and exit.",
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "No such command {name!r}.",
    "No such option: {name}",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "{name} {filename!r} does not exist.",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    "{value!r} does not match the format {format}.",
    "{value!r} is not {choice}.",
    "Got unexpected extra argument ({args})",
    "Option {name!r} requires an argument.",
    "required",
    "default: {default}",
    "Commands",
    "Missing command.",
    "Aborted!",
    "Repeat for confirmation",
    "Error: The two entered values do not match.",
    "Error: invalid input",
)
HEADINGS = ("occurrences", "objects", "current")  # of the table of `knooppunt ingest`
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")

Message = tuple[str, str]  # context and text


def _in_python(file: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in PLAIN | PLURAL and texts:
            yield "", texts[0]
        elif name in WITH_CONTEXT and len(texts) > 1:
            yield texts[0], texts[1]


def _in_commands(file: Path) -> Iterator[Message]:
    """The help of a command line made with click: of options, and of the functions that are commands or groups."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            given = [one.value for one in node.keywords if one.arg == "help" and isinstance(one.value, ast.Constant)]
            yield from (("", str(one.value)) for one in given)
        elif isinstance(node, ast.FunctionDef) and any(_makes_a_command(one) for one in node.decorator_list):
            yield "", ast.get_docstring(node) or ""


def _makes_a_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") in {"command", "group"}


def messages_of_knooppunt() -> set[Message]:
    """Every text of the command line `knooppunt`: what it says, its help, and the words of click that it shows."""
    found: set[Message] = {("", text) for text in OF_CLICK}
    for file in KNOOPPUNT.rglob("*.py"):
        if "tests" not in file.parts:
            found.update(_in_python(file))
    for file in (KNOOPPUNT / "cli").glob("*.py"):
        found.update(_in_commands(file))
    found.update(("", text) for step, names in STEPS.items() for text in (step, *names.values()))
    found.update(("", heading) for heading in HEADINGS)
    return {message for message in found if message[1].strip()}


def messages_of_help() -> set[Message]:
    """The help of the command line `bolwerk`, and what it says before Django can start."""
    files = [*COMMANDS.rglob("*.py"), COMMANDS.parent / "cli.py"]
    said_early = set(_in_python(COMMANDS.parent / "environment.py"))  # of settings that are wrong
    return said_early | {message for file in files for message in _in_commands(file) if message[1].strip()}


# Catalogues that Django does not read: of command lines, each with what stands in it.
APART = {OF_HELP: messages_of_help, OF_KNOOPPUNT: messages_of_knooppunt}


def _in_template(file: Path) -> Iterator[Message]:
    for name, first, second in IN_TEMPLATE.findall(templatize(file.read_text(encoding="utf-8"))):
        if name == "pgettext":
            yield ast.literal_eval(first), ast.literal_eval(second)
        else:
            yield "", ast.literal_eval(first)


def messages_of(app: Path) -> set[Message]:
    """Every text that `app` shows to people."""
    found: set[Message] = set()
    for file in app.rglob("*"):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        if file.suffix == ".py":
            found.update(_in_python(file))
        elif file.suffix in {".html", ".txt"} and "templates" in file.parts:
            found.update(_in_template(file))
    return {message for message in found if message[1].strip()}


def _apps() -> list[Path]:
    return sorted(app for app in SOURCE.iterdir() if (app / "__init__.py").exists())


def _catalogues() -> list[Path]:
    return [*sorted(SOURCE.glob("*/locale/nl/LC_MESSAGES/django.po")), OF_HELP, OF_KNOOPPUNT]


def _placeholders(text: str) -> set[tuple[str, ...]]:
    return set(PLACEHOLDER.findall(text))


def _faults(file: Path, entry: polib.POEntry) -> Iterator[str]:
    where = f"{file.relative_to(SOURCE.parent)}: {entry.msgid!r}"
    if "fuzzy" in entry.flags:
        yield f"{where} is marked fuzzy: read it and take the mark away."
    if not entry.translated():
        yield f"{where} has no Dutch text."
    known = _placeholders(entry.msgid + (entry.msgid_plural or ""))
    if any(_placeholders(text) - known for text in [entry.msgstr, *entry.msgstr_plural.values()]):
        yield f"{where} has a placeholder that the English text lacks."


def problems() -> list[str]:
    """What is missing or wrong in the Dutch texts, one sentence each; empty when all is well."""
    entries = [(file, entry) for file in _catalogues() for entry in polib.pofile(str(file)) if not entry.obsolete]
    known = {(entry.msgctxt or "", entry.msgid) for file, entry in entries if file not in APART}
    found = [fault for file, entry in entries for fault in _faults(file, entry)]
    for app in _apps():
        missing = messages_of(app) - known
        found.extend(f"{app.name}: {text!r} is in no Dutch catalogue." for _, text in missing)
    for apart, messages in APART.items():
        missing = messages() - {("", entry.msgid) for file, entry in entries if file == apart}
        where = apart.relative_to(SOURCE.parent)
        found.extend(f"{where}: {text!r} is not in this Dutch catalogue." for _, text in missing)
    return sorted(found)


def compile_all() -> int:
    """Write the compiled catalogue beside each source; return how many."""
    for file in _catalogues():
        target = file.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < file.stat().st_mtime:
            polib.pofile(str(file)).save_as_mofile(str(target))
    return len(_catalogues())


def put_in_order(file: Path, *, elsewhere: frozenset[Message] = frozenset()) -> None:
    """Write a catalogue in its one form: sorted, each text once and on one line, no guesses, no dates.

    A text without Dutch that another app has (`elsewhere`) is left out: Django looks in all of them.
    """
    texts: dict[Message, polib.POEntry] = {}
    catalogue = polib.pofile(str(file), wrapwidth=0)
    for entry in catalogue:
        if "fuzzy" in entry.flags:  # a guess of gettext: whoever adds a text translates it
            entry.flags.remove("fuzzy")
            entry.msgstr, entry.msgstr_plural = "", dict.fromkeys(entry.msgstr_plural, "")
            entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        key = (entry.msgctxt or "", entry.msgid)
        if key not in texts or not texts[key].translated():
            texts[key] = entry
    kept = (key for key in sorted(texts) if texts[key].translated() or key not in elsewhere)
    catalogue[:] = [texts[key] for key in kept]
    catalogue.metadata_is_fuzzy = False  # gettext marks the head of a new catalogue so
    for dated in ("POT-Creation-Date", "PO-Revision-Date"):
        catalogue.metadata.pop(dated, None)
    catalogue.save(newline="\n")


def collect() -> None:
    """Add new texts to each app's catalogue (empty: to be translated by hand)."""
    for file in _catalogues():  # after a merge a text may stand in it twice, which gettext refuses
        put_in_order(file)
    for app in _apps():
        if messages_of(app):
            (app / "locale").mkdir(exist_ok=True)
            os.chdir(app)
            call_command("makemessages", locale=["nl"], no_obsolete=True, no_location=True, ignore_patterns=["tests/*"])
    for file, messages in APART.items():
        collect_apart(file, messages())
    in_dutch = frozenset(
        (entry.msgctxt or "", entry.msgid)
        for file in _catalogues()
        if file not in APART
        for entry in polib.pofile(str(file))
        if entry.translated()
    )
    for file in (one for one in _catalogues() if one not in APART):
        put_in_order(file, elsewhere=in_dutch)


def collect_apart(file: Path, found: set[Message]) -> None:
    """Add new texts to a catalogue of a command line, and leave out what it says no longer."""
    catalogue = polib.pofile(str(file), wrapwidth=0)
    catalogue[:] = [entry for entry in catalogue if ("", entry.msgid) in found]
    there = {entry.msgid for entry in catalogue}
    catalogue.extend(polib.POEntry(msgid=text) for _, text in found if text not in there)
    catalogue.save()
    put_in_order(file)


def main(verb: str) -> int:
    """Do one of the three and say what came of it."""
    if not settings.configured:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
    if verb == "compile":
        sys.stdout.write(f"Dutch texts: {compile_all()} catalogues ready.\n")
        return 0
    if verb == "collect":
        collect()
        return 0
    found = problems()
    sys.stdout.write("\n".join(found or ["Dutch texts: complete."]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
