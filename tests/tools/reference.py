"""Writes docs/reference from the code, so that it cannot lie: settings, routes with roles, findings, protection.

`python -m tests.tools.reference [check]`; `make check` fails when a page is old.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import django

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
HEADER = "<!-- Written by `make reference`; change the code, not this page. -->\n\n"


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)]) + "\n"


def settings_page() -> str:
    """What the environment may say."""
    from bolwerk.config.environment import VARIABLES  # after the environment is set

    rows = [(f"`{v.name}`", v.purpose, f"`{v.default}`" if v.default else "") for v in VARIABLES]
    return f"# Settings from the environment\n\n{table(('variable', 'what it does', 'when absent'), rows)}"


def routes_page() -> str:
    """Every route and what each role gets."""
    from bolwerk.accounts.routes import all_routes  # after Django has started

    rows = [
        (f"`/{route.path}`", f"`{route.name}`", ", ".join(sorted(route.methods)), route.audience_text())
        for route in sorted(all_routes(), key=lambda route: route.path)
    ]
    return f"# Routes and who may open them\n\n{table(('path', 'name', 'methods', 'open to'), rows)}"


def findings_page() -> str:
    """Every rule with its parameters and their source."""
    from knooppunt.findings import RULES  # slow to import; only here

    parts = ["# Findings\n"]
    for rule in RULES.values():
        parameters = [
            (f"`{p.name}`", f"{p.value:g}", p.unit.en, p.source.en + ("" if p.verified else " (unverified default)"))
            for p in rule.parameters
        ]
        parts += [f"\n## {rule.id} {rule.title.en}\n", f"Version {rule.version}. {rule.why.en}\n"]
        parts += [table(("parameter", "default", "unit", "source"), parameters)]
    return "\n".join(parts)


def protection_page() -> str:
    """Every field with its class, and how personal words lie."""
    from django.apps import apps

    from bolwerk.crypto.classes import MEANINGS, protection_of, reasons_of
    from bolwerk.crypto.fields import ProtectedField

    parts = ["# Fields and their protection\n", table(("class", "what it is"), [*MEANINGS.items()])]
    for model in sorted(apps.get_models(), key=lambda one: one._meta.label):
        if not model.__module__.startswith("bolwerk."):
            continue
        said, reasons = protection_of(model), reasons_of(model)
        rows = [
            (
                f"`{field.name}`",
                said[field.name],
                "encrypted" if isinstance(field, ProtectedField) else "",
                reasons.get(field.name, ""),
            )
            for field in model._meta.concrete_fields
        ]
        parts += [f"\n## {model._meta.label}\n", table(("field", "class", "lies", "why it lies readable"), rows)]
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "settings": settings_page,
    "routes": routes_page,
    "findings": findings_page,
    "protection": protection_page,
}


def main(*, check: bool) -> int:
    """Write the pages, or say which are old."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
    django.setup()
    old = []
    for name, page in PAGES.items():
        file, text = FOLDER / f"{name}.md", HEADER + page()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            old.append(name)
            if not check:
                file.write_text(text, encoding="utf-8")
    if old and check:
        sys.stderr.write(f"docs/reference is old: {json.dumps(old)}. Run `make reference` and commit.\n")
    return int(bool(old) and check)


if __name__ == "__main__":
    sys.exit(main(check="check" in sys.argv[1:]))
