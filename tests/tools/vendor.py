"""Fetch the parts of others that our pages are made of, and put them in the tree with their licences.

`python -m tests.tools.vendor` needs npm and the network; nothing else ever does, because what it writes is committed.
It writes `src/bolwerk/ui/static/ui/vendor/` and the sprite `src/bolwerk/ui/static/ui/icons.svg`.
"""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from bolwerk.ui.icons import ICONS
from tests.tools import lean

STATIC = Path(__file__).resolve().parents[2] / "src" / "bolwerk" / "ui" / "static" / "ui"
UTRECHT = {
    "document": "3.0.1",
    "skip-link": "3.0.1",
    "heading-1": "3.0.1",
    "heading-2": "3.0.1",
    "heading-3": "3.0.1",
    "paragraph": "4.0.1",
    "link": "3.0.1",
    "button": "4.0.1",
    "alert": "4.0.2",
    "data-badge": "3.0.1",
    "form-field": "3.0.1",
    "form-label": "3.0.1",
    "form-fieldset": "3.0.1",
    "form-field-description": "3.0.1",
    "form-field-error-message": "3.0.1",
    "textbox": "4.0.1",
    "textarea": "4.0.1",
    "select": "3.0.1",
    "checkbox": "3.0.1",
    "radio-button": "3.0.1",
    "table": "3.0.1",
}
# htmx 2, not 4: the line that django-htmx was made and tested for.
HTMX = ("htmx.org", "2.0.11")
MAPLIBRE = ("maplibre-gl", "5.24.1")
TABLER = ("@tabler/icons", "3.51.0")
MAPLIBRE_FILES = ("maplibre-gl-csp.js", "maplibre-gl-csp-worker.js", "maplibre-gl.css")


def fetch(name: str, version: str, into: Path) -> Path:
    """Download one package and return the folder in which it lies."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"], cwd=into, check=True, capture_output=True, text=True
    )
    folder = into / name.replace("/", "-").lstrip("@")
    with tarfile.open(into / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def utrecht(into: Path) -> None:
    """One file with the components of NL Design System that we use; the product gets the rules its pages need."""
    sheets = []
    for component, version in UTRECHT.items():
        package = fetch(f"@utrecht/{component}-css", version, into)
        sheets.append((package / "dist" / "index.min.css").read_text(encoding="utf-8").strip())
        shutil.copy(package / "LICENSE.md", STATIC / "vendor" / "utrecht.LICENSE.md")
    header = "/* NL Design System, Utrecht components (EUPL-1.2): versions in README.md */\n"
    lean.WHOLE.write_text(header + "\n".join(sheets) + "\n", encoding="utf-8")
    lean.LEAN.write_text(lean.shipped(), encoding="utf-8")


def scripts(into: Path) -> None:
    """htmx, and MapLibre in the build that a strict Content-Security-Policy allows."""
    package = fetch(*HTMX, into)
    shutil.copy(package / "dist" / "htmx.min.js", STATIC / "vendor" / "htmx.min.js")
    shutil.copy(package / "LICENSE", STATIC / "vendor" / "htmx.LICENSE")
    package = fetch(*MAPLIBRE, into)
    for name in MAPLIBRE_FILES:
        text = (package / "dist" / name).read_text(encoding="utf-8")
        (STATIC / "vendor" / name).write_text(re.sub(r"\n//# sourceMappingURL=.*", "", text), encoding="utf-8")
    shutil.copy(package / "LICENSE.txt", STATIC / "vendor" / "maplibre-gl.LICENSE.txt")


def sprite(into: Path) -> None:
    """One SVG with a symbol for each icon in use."""
    package = fetch(*TABLER, into)
    symbols = []
    for name in sorted(ICONS):
        drawing = (package / "icons" / "outline" / f"{name}.svg").read_text(encoding="utf-8")
        inside = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawing, flags=re.DOTALL)
        inside = re.sub(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "", inside)
        inside = re.sub(r"\s*\n\s*", "", inside)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
    licence = "<!-- Tabler Icons, MIT: vendor/tabler.LICENSE -->"
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{licence}\n' + "\n".join(symbols) + "\n</svg>\n"
    (STATIC / "icons.svg").write_text(text, encoding="utf-8")
    shutil.copy(package / "LICENSE", STATIC / "vendor" / "tabler.LICENSE")


def readme() -> None:
    """What lies here, of which version, under which licence."""
    rows = [(f"@utrecht/{name}-css", version, "EUPL-1.2", "utrecht.css") for name, version in UTRECHT.items()]
    rows.append((*HTMX, "0BSD", "htmx.min.js"))
    rows.append((*MAPLIBRE, "BSD-3-Clause", ", ".join(MAPLIBRE_FILES)))
    rows.append((*TABLER, "MIT", f"../icons.svg ({len(ICONS)} icons)"))
    table = "\n".join(f"| {name} | {version} | {licence} | {where} |" for name, version, licence, where in rows)
    (STATIC / "vendor" / "README.md").write_text(
        "# Parts of others\n\nCommitted and served by ourselves: a page of Bolwerk asks nothing elsewhere. "
        "Unchanged, but for utrecht.css:\nrules that no page uses are left out (`python -m tests.tools.lean`; "
        "the whole of it lies in tests/tools/utrecht).\n"
        "Renewed by `python -m tests.tools.vendor` (the only thing that needs npm).\n\n"
        f"| package | version | licence | file |\n|---|---|---|---|\n{table}\n",
        encoding="utf-8",
    )


def main() -> int:
    """Fetch everything anew."""
    (STATIC / "vendor").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        utrecht(into)
        scripts(into)
        sprite(into)
    readme()
    sys.stdout.write(json.dumps({f.name: f.stat().st_size for f in sorted(STATIC.rglob("*")) if f.is_file()}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
