"""What import-linter cannot see: relations between rooms, sizes, and undeclared routes. Failures teach."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from bolwerk.audit.queries.words import sayings
from bolwerk.crypto.classes import faults

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
ROOMS = {"incidents", "integrity", "research", "awareness", "programme", "hub", "circle"}
FOUNDATION = {"accounts", "deadlines", "vault", "documents"}  # what a room may relate to; audit has no relations at all
MODULE_LINES = 400
FUNCTION_LINES = 60
TEST_LINES = 40
CLASS_LINES = 200
CLASS_BASES = 2
TEMPLATE_LINES = 200
PARAMETERS = 6
LOGGING = {
    "record",
    "record_apart",
    "note",
    "note_both",
    "note_list",
    "log_processing",
}  # what a line is about comes first, as in a sentence


def product_modules() -> list[Path]:
    """Every module that ships."""
    return [
        file
        for file in sorted(SOURCE.rglob("*.py"))
        if "tests" not in file.parts and "migrations" not in file.parts and "egg-info" not in str(file)
    ]


def nodes(*kinds: type[ast.AST], of: list[Path]) -> Iterator[tuple[Path, ast.AST]]:
    """Every syntax node of the given kinds."""
    for file in of:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, kinds):
                yield file, node


def length(node: ast.AST) -> int:
    """Lines from the first to the last of a node."""
    return int(node.end_lineno or 0) - int(node.lineno) + 1  # type: ignore[attr-defined]  # statements have both


def own_models() -> list[type[models.Model]]:
    """The models of this product."""
    return [model for model in apps.get_models() if model.__module__.startswith("bolwerk.")]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_a_room_relates_only_to_itself_and_to_the_foundation(model: type[models.Model]) -> None:
    here = model._meta.app_label
    for field in model._meta.get_fields():
        other = getattr(field, "related_model", None)
        if not isinstance(other, type) or field.auto_created:
            continue
        there = str(other._meta.app_label)  # type: ignore[attr-defined]  # a model
        assert there == here or (here in ROOMS and there in FOUNDATION) or (here not in ROOMS and there not in ROOMS), (
            f"{model._meta.label}.{field.name} points into '{there}'. A room is a wall: keep the other thing's URN "
            f"(urn:bolwerk:{there}:…:<uuid>) as text, and let overview resolve it."
        )


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_field_says_how_it_is_protected(model: type[models.Model]) -> None:
    found = list(faults(model))
    assert not found, "See docs/how-to/protect-a-field.md. " + " ".join(found)


def test_the_trail_has_no_relations_at_all() -> None:
    relations = [f for model in apps.get_app_config("audit").get_models() for f in model._meta.fields if f.is_relation]
    assert relations == [], "The trail outlives everything: it knows things by URN, never by a foreign key."


@pytest.mark.parametrize("file", product_modules(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_module_stays_readable(file: Path) -> None:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES, f"{lines} lines. From 250 on, make it a package: one verb or one table per file."


def test_functions_stay_short() -> None:
    limits = [(product_modules(), FUNCTION_LINES), (sorted(ROOT.glob("**/tests/**/test_*.py")), TEST_LINES)]
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name} has {length(node)} lines"  # type: ignore[attr-defined]  # a node of these kinds
        for files, limit in limits
        for file, node in nodes(ast.FunctionDef, ast.AsyncFunctionDef, of=[f for f in files if ".venv" not in f.parts])
        if length(node) > limit
    ]
    assert not long, "Split them: a function does one thing. " + "; ".join(long)


def test_classes_stay_small() -> None:
    large = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file, node in nodes(ast.ClassDef, of=product_modules())
        if isinstance(node, ast.ClassDef) and (length(node) > CLASS_LINES or len(node.bases) > CLASS_BASES)
    ]
    assert not large, f"More than {CLASS_LINES} lines or {CLASS_BASES} bases: " + "; ".join(large)


def test_functions_take_few_parameters() -> None:
    many = []
    # A command of click has a parameter per option; a method is not given its `self`.
    for file, node in nodes(ast.FunctionDef, of=[f for f in product_modules() if not {"cli", "commands"} & {*f.parts}]):
        assert isinstance(node, ast.FunctionDef)
        required = (
            len([a for a in node.args.args if a.arg != "self"])
            + len(node.args.kwonlyargs)
            - sum(d is not None for d in node.args.kw_defaults)
        )
        if required > PARAMETERS:
            many.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not many, f"More than {PARAMETERS} parameters that must be given; make a small dataclass: " + "; ".join(many)


def test_actions_are_called_by_keyword_only() -> None:
    loose = []
    modules = [f for f in product_modules() if "actions" in f.stem or "actions" in f.parts]
    for file, node in [(f, n) for f in modules for n in ast.parse(f.read_text(encoding="utf-8")).body]:
        if not isinstance(node, ast.FunctionDef):
            continue
        if not node.name.startswith("_") and node.args.args and node.name not in LOGGING:
            loose.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert not loose, "Actions take keywords only (def f(*, …)): a swapped argument must not compile. " + "; ".join(
        loose
    )


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("templates/**/*.html")), ids=lambda file: file.name)
def test_a_template_stays_readable_and_has_nothing_inline(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= TEMPLATE_LINES, "Split it with {% include %}."
    assert not re.search(r"\s(style|on[a-z]+)=[\"']", text), "The strict CSP refuses inline style and handlers."


def test_the_clock_is_read_only_at_the_edge() -> None:
    allowed = {
        "views",
        "tasks",
        "commands",
        "middleware",
        "context",
        "access",
        "signin",
        "cli",
        "demo",
        "trail",
        "templatetags",
        "worker",
    }
    readers = [
        str(file.relative_to(SOURCE))
        for file in product_modules()
        if re.search(
            r"timezone\.(now|localdate|localtime)\(\)|datetime\.now\(|date\.today\(", file.read_text(encoding="utf-8")
        )
        and not allowed & {*file.relative_to(SOURCE).with_suffix("").parts}
    ]
    assert not readers, f"Pass the moment in as at= or on=; only views, tasks and commands look at the clock: {readers}"


def test_there_are_no_signals_and_no_drawers_of_utils() -> None:
    signals = [
        f
        for f in product_modules()
        if re.search(
            r"django\.(db\.models|core|dispatch)[\w.]*\s*import.*(post_save|pre_save|receiver|Signal\b)",
            f.read_text(encoding="utf-8"),
        )
    ]
    drawers = [f for f in product_modules() if f.stem in {"utils", "helpers", "misc", "common"}]
    assert not signals, f"No Django signals: call the other thing from the action. {signals}"
    assert not drawers, f"A module is named after what it knows. {drawers}"


def test_no_part_of_knooppunt_but_its_gate_for_figures_is_open_to_every_room() -> None:
    parts = {
        f"knooppunt.{f.parent.name if f.stem == '__init__' else f.stem}"
        for f in (SOURCE / "knooppunt").glob("*/__init__.py")
    }
    parts |= {f"knooppunt.{f.stem}" for f in (SOURCE / "knooppunt").glob("*.py") if f.stem != "__init__"}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    closed = next(set(one["forbidden_modules"]) for one in contracts if one["id"] == "knooppunt-users")
    assert parts - closed - {"knooppunt.tests"} == {"knooppunt.disclosure"}, "Name the new part in contract 6b."


def test_what_is_installed_matches_the_tree() -> None:
    on_disk = {f.parent.name for f in (SOURCE / "bolwerk").glob("*/apps.py")}
    installed = {name.removeprefix("bolwerk.") for name in settings.INSTALLED_APPS if name.startswith("bolwerk.")}
    assert installed == on_disk


def recorded_events() -> Iterator[tuple[Path, str]]:
    """The event of every line that the code writes, as a regular expression: what is filled in may be anything."""
    for file, node in nodes(ast.Call, of=product_modules()):
        assert isinstance(node, ast.Call)
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        before = {
            "record": "",
            "record_apart": "",
            "note": "",
            "note_list": "",
            "note_both": "",
            "write": "accounts.signin.",
        }.get(name)
        if before is None or not node.args or (name == "write" and ast.unparse(node.func) != "trail.write"):
            continue
        choices = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
        for event in choices:
            parts = event.values if isinstance(event, ast.JoinedStr) else [event]
            texts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[a-z_.]+" for p in parts]
            yield file, re.escape(before) + "".join(texts)


def test_every_event_in_the_trail_has_a_sentence_for_people() -> None:
    events = list(recorded_events())
    mute = [
        f"{file.relative_to(SOURCE)} writes “{event}”"
        for file, event in events
        if not any(re.fullmatch(event, known) for known in sayings())
    ]
    assert len(events) > 40
    assert not mute, (
        "People read the trail: say in <app>/queries/sayings.py how this event reads after somebody's name, and list "
        f"that file in TRAIL_SAYINGS (config/trail_settings.py). {mute}"
    )


def test_the_day_of_a_moment_is_the_day_on_the_clock_here() -> None:
    """Moments are kept in UTC: between midnight and one or two o'clock their own `.date()` is yesterday."""
    wrong = [
        f"{file.relative_to(SOURCE)}:{node.lineno}"
        for file, node in nodes(ast.Call, of=product_modules())
        if "bolwerk" in file.relative_to(SOURCE).parts
        and isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "date"
        and re.fullmatch(r"(.+\.)?(at|\w+_at)", ast.unparse(node.func.value))
    ]
    assert not wrong, f"Ask timezone.localdate(at), not at.date(): {wrong}"


def test_texts_are_marked_with_names_that_are_collected() -> None:
    """makemessages knows `_`, gettext and gettext_lazy: behind any other name a text stays English on a Dutch page."""
    others = [
        f"{file.relative_to(SOURCE)}:{node.lineno} calls it {name.asname}"
        for file, node in nodes(ast.ImportFrom, of=product_modules())
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name and name.asname not in (None, "_")
    ]
    assert not others, f"Import gettext_lazy under its own name: {others}"
