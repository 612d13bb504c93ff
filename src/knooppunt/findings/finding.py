"""A finding: one object that a rule found on one day, with everything needed to judge it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, overload

import pyarrow as pa

from knooppunt.findings.row_by_row import rows_of, uncollected
from knooppunt.findings.rule import Language, Level, Ref, Rule
from knooppunt.findings.told import as_json

SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("rule_version", pa.int32(), nullable=False),
        pa.field("level", pa.string(), nullable=False),
        pa.field("object_id", pa.string(), nullable=False),  # 16 digits
        pa.field("part", pa.string(), nullable=False),  # tells two findings about one object apart
        pa.field("as_of", pa.date32(), nullable=False),
        pa.field("expires_on", pa.date32(), nullable=False),
        pa.field("place", pa.string()),  # the address or street, as text
        pa.field("street", pa.string()),
        pa.field("area", pa.string()),  # the four digits of the postcode
        pa.field("town", pa.string()),
        pa.field("x", pa.float64()),  # EPSG:28992
        pa.field("y", pa.float64()),
        pa.field("match_quality", pa.int32()),
        pa.field("headline_nl", pa.string(), nullable=False),
        pa.field("headline_en", pa.string(), nullable=False),
        pa.field("explanation_nl", pa.string(), nullable=False),
        pa.field("explanation_en", pa.string(), nullable=False),
        pa.field("values", pa.string(), nullable=False),  # JSON
        pa.field("peers", pa.string(), nullable=False),  # JSON
        pa.field("false_positives_nl", pa.list_(pa.string()), nullable=False),
        pa.field("false_positives_en", pa.list_(pa.string()), nullable=False),
        pa.field("refs", pa.string(), nullable=False),  # JSON
    ]
)


@dataclass(frozen=True)
class Place:
    """Where a finding is: an address or a street as text and in parts, and a point in EPSG:28992.

    `area` is the four digits of the postcode, of a street the lowest that its objects have: about a neighbourhood, and
    the smallest area that an address carries by itself.
    """

    text: str
    x: float | None = None
    y: float | None = None
    street: str = ""
    area: str = ""
    town: str = ""


@dataclass(frozen=True)
class Finding:
    """One object that a rule found on the day `as_of`. It is a reason to look, not a conclusion."""

    id: str
    rule: str
    rule_version: int
    level: Level
    object_id: str
    part: str
    as_of: date
    expires_on: date
    place: str
    street: str
    area: str
    town: str
    x: float | None
    y: float | None
    match_quality: int | None
    headline_nl: str
    headline_en: str
    explanation_nl: str
    explanation_en: str
    values: dict[str, Any]
    peers: dict[str, Any]
    false_positives_nl: tuple[str, ...]
    false_positives_en: tuple[str, ...]
    refs: tuple[Ref, ...]

    def headline(self, language: Language) -> str:
        """The one number (or two) that made it a finding."""
        return self.headline_nl if language == "nl" else self.headline_en

    def explanation(self, language: Language) -> str:
        """What was computed, in words."""
        return self.explanation_nl if language == "nl" else self.explanation_en

    def false_positives(self, language: Language) -> tuple[str, ...]:
        """Innocent explanations that are known for this rule."""
        return self.false_positives_nl if language == "nl" else self.false_positives_en

    def is_expired(self, on: date) -> bool:
        """Whether it may no longer be used on the day `on`."""
        return on > self.expires_on

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        data = asdict(self)
        return data | {"as_of": self.as_of.isoformat(), "expires_on": self.expires_on.isoformat()}

    def to_row(self) -> dict[str, Any]:
        """As a row of SCHEMA."""
        row = dict(vars(self)) | {"refs": [vars(ref) for ref in self.refs]}  # `asdict` copies all there is below
        return row | {name: as_json(row[name]) for name in ("values", "peers", "refs")}

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Finding":
        """From a row of SCHEMA."""
        return cls(
            **row
            | {
                "values": json.loads(row["values"]),
                "peers": json.loads(row["peers"]),
                "refs": tuple(Ref(**ref) for ref in json.loads(row["refs"])),
                "false_positives_nl": tuple(row["false_positives_nl"]),
                "false_positives_en": tuple(row["false_positives_en"]),
            }
        )


def finding_id(rule: Rule, object_id: int, part: str, on: date) -> str:
    """The same for the same rule, version, object and day, wherever and whenever it is computed."""
    text = "|".join((rule.id, str(rule.version), f"{object_id:016}", part, on.isoformat()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


_AS_TOLD = (
    *("part", "match_quality", "headline_nl", "headline_en", "explanation_nl", "explanation_en"),
    *("values", "peers", "refs"),
)


def findings_of(rule: Rule, told: pa.Table, places: Mapping[int, Place], on: date) -> pa.Table:
    """What a rule tells (`told.TOLD`) and where that is, put together as SCHEMA."""
    objects = told["object_id"].to_pylist()
    where = [places[one] for one in objects]
    parts = told["part"].to_pylist()
    alike = {
        "rule": rule.id,
        "rule_version": rule.version,
        "level": rule.level,
        "as_of": on,
        "expires_on": on + timedelta(days=rule.days_valid),
        "false_positives_nl": [text.nl for text in rule.false_positives],
        "false_positives_en": [text.en for text in rule.false_positives],
    }
    columns: dict[str, Any] = {name: [value] * len(objects) for name, value in alike.items()}
    columns |= {
        "id": [finding_id(rule, one, part, on) for one, part in zip(objects, parts, strict=True)],
        "object_id": [f"{one:016}" for one in objects],
        "place": [place.text for place in where],
        "street": [place.street for place in where],
        "area": [place.area for place in where],
        "town": [place.town for place in where],
        "x": [place.x for place in where],
        "y": [place.y for place in where],
    }
    columns |= {name: told[name] for name in _AS_TOLD}
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


class Findings(Sequence[Finding]):
    """Findings kept by column (SCHEMA); each is read when it is asked for."""

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows

    @cached_property
    def _each(self) -> tuple[Finding, ...]:
        with uncollected():
            return tuple(Finding.from_row(row) for row in rows_of(self.rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._each)

    @overload
    def __getitem__(self, place: int) -> Finding: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, place: int | slice) -> Finding | tuple[Finding, ...]:
        return self._each[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._each == other._each

    __hash__ = None  # type: ignore[assignment]  # as a list has none


def by_column(findings: Sequence[Finding]) -> pa.Table:
    """Findings as rows of SCHEMA."""
    if isinstance(findings, Findings):
        return findings.rows
    return pa.Table.from_pylist([finding.to_row() for finding in findings], schema=SCHEMA)
