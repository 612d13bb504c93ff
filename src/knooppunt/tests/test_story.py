"""The story a newcomer reads: the page quotes the script word for word, and the script reaches its finding."""

import importlib.util
import json
import re
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "docs" / "how-to" / "a_finding_that_turned_out_right.py"
PAGE = SCRIPT.with_name("a-finding-that-turned-out-right.md")
_STEP = re.compile(r"^    # (\d+\. .+)\n", re.MULTILINE)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def steps_of_script() -> dict[str, str]:
    """Title of each step and its lines, without the one that hands over the answer."""
    told = SCRIPT.read_text(encoding="utf-8").partition("\n\n\nif __name__")[0]
    _before, *parts = _STEP.split(told)
    steps = dict(zip(parts[::2], map(textwrap.dedent, parts[1::2]), strict=True))
    return {title: re.sub(r"^return .*\n?", "", code, flags=re.MULTILINE).strip() for title, code in steps.items()}


def test_the_page_quotes_every_step_of_the_script() -> None:
    page = PAGE.read_text(encoding="utf-8")
    quoted = dict(re.findall(r"^## (\d+\. .+?)\n\n```python\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL))
    assert quoted == steps_of_script()
    assert len(quoted) == 10


def test_the_story_ends_with_a_finding_that_is_right(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    object_id, right = script.story(tmp_path, residents=3_000)
    truth = json.loads((tmp_path / "town" / "truth.json").read_text(encoding="utf-8"))
    planted = {one["object_id"]: one["innocent"] for one in truth["findings"]["BED-01"]}
    assert right and planted[object_id] is None
    assert "turned out right" in capsys.readouterr().out
    assert "Walk through the centre" in (tmp_path / "findings.csv").read_text(encoding="utf-8")
