"""A finding: one object that a rule found on one day, with everything needed to judge it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from knooppunt.findings.rule import Found, Language, Level, Ref, Rule

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
        for column in ("values", "peers", "refs"):
            row[column] = json.dumps(row[column], ensure_ascii=False, sort_keys=True)
        return row

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


def finding_id(rule: Rule, found: Found, on: date) -> str:
    """The same for the same rule, version, object and day, wherever and whenever it is computed."""
    text = "|".join((rule.id, str(rule.version), f"{found.object_id:016}", found.part, on.isoformat()))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def make_finding(rule: Rule, found: Found, place: Place, on: date) -> Finding:
    """Put together what a rule found and where that is."""
    return Finding(
        id=finding_id(rule, found, on),
        rule=rule.id,
        rule_version=rule.version,
        level=rule.level,
        object_id=f"{found.object_id:016}",
        part=found.part,
        as_of=on,
        expires_on=on + timedelta(days=rule.days_valid),
        place=place.text,
        street=place.street,
        area=place.area,
        town=place.town,
        x=place.x,
        y=place.y,
        match_quality=found.match_quality,
        headline_nl=found.headline.nl,
        headline_en=found.headline.en,
        explanation_nl=found.explanation.nl,
        explanation_en=found.explanation.en,
        values=found.values,
        peers=found.peers,
        false_positives_nl=tuple(text.nl for text in rule.false_positives),
        false_positives_en=tuple(text.en for text in rule.false_positives),
        refs=found.refs,
    )
