"""Content in files: which language a reader gets, and the municipality's own file before the one that comes along."""

from pathlib import Path
from typing import Any, Literal

import yaml
from django.conf import settings
from django.utils.translation import get_language


def content_language(asked: str | None = None) -> Literal["nl", "en"]:
    """The language of content for `asked`, else for whoever reads: "en" or "nl"."""
    return "en" if (asked or get_language() or "nl").startswith("en") else "nl"


def content_file(folder: Path, name: str) -> Path:
    """The municipality's own file in `<dir>/content`, else the one in `folder`."""
    own = Path(settings.BOLWERK_DIR) / "content" / name
    return own if own.is_file() else folder / name


def read_yaml(text: str) -> Any:
    """What a text in YAML says, plain values only. Raises yaml.YAMLError; one that knows where has a `problem_mark`.

    libyaml reads it, ten times as fast as PyYAML itself, which points better at what is wrong.
    """
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return yaml.safe_load(text)
