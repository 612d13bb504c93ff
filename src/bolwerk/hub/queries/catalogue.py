"""What there is to switch on: the registers and the rules, with their words in the reader's language."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.functional import Promise

from bolwerk.hub.access import in_use, put_off
from bolwerk.hub.rules.sources import Register, SourceKind
from bolwerk.ui.content import content_language
from knooppunt.findings import RULES
from knooppunt.findings.inputs import STANDS_IN
from knooppunt.findings.rule import Language, Text


@dataclass(frozen=True)
class SourceText:
    """One source as people know it: its code, what it is called, and which registers it needs (a register: itself)."""

    code: str
    kind: SourceKind
    title: str | Promise
    needs: tuple[str, ...]
    level: str = ""  # what a rule is about: address or street

    @property
    def is_rule(self) -> bool:
        """Whether it is a finding rule."""
        return self.kind is SourceKind.RULE


def reader_language() -> Language:
    """The language of knooppunt's words for whoever reads now."""
    return content_language()


def said(text: Text) -> str:
    """A text of knooppunt in the reader's language."""
    return text.en if reader_language() == "en" else text.nl


def rule_title(code: str) -> str:
    """What a rule is called; a rule that this version does not know (any more) goes by its code."""
    return said(RULES[code].title) if code in RULES else code


def sources() -> dict[str, SourceText]:
    """Every register and every rule, registers first, in the order of the catalogue."""
    registers = [SourceText(one.value, SourceKind.REGISTER, one.label, (one.value,)) for one in Register]
    rules = [
        SourceText(rule.id, SourceKind.RULE, said(rule.title), rule.registers, rule.level) for rule in RULES.values()
    ]
    return {one.code: one for one in (*registers, *rules)}


@dataclass(frozen=True)
class RuleWords:
    """A rule as it explains itself, in the reader's language."""

    id: str
    version: int
    title: str
    why: str
    computes: str
    bounds: list[tuple[str, str, bool]]  # value with unit, source, and whether that was verified
    false_positives: list[str]
    not_done: list[str]
    days_valid: int
    review_on: date


def rule_words(code: str) -> RuleWords | None:
    """A rule in words; None for a code that is no rule of this version."""
    rule = RULES.get(code)
    if rule is None:
        return None
    return RuleWords(
        id=rule.id,
        version=rule.version,
        title=said(rule.title),
        why=said(rule.why),
        computes=said(rule.computes),
        bounds=[
            (f"{number_format(p.value, force_grouping=True)} {said(p.unit)}", said(p.source), p.verified)
            for p in rule.parameters
        ],
        false_positives=[said(text) for text in rule.false_positives],
        not_done=[said(text) for text in rule.not_done],
        days_valid=rule.days_valid,
        review_on=rule.review_on,
    )


def rules_about(level: str = "") -> list[tuple[str, str | Promise]]:
    """The rules about addresses or streets, or all of them: code and title."""
    rules = (text for text in sources().values() if text.is_rule)
    return [(text.code, text.title) for text in rules if level in ("", text.level)]


def either(register: str) -> tuple[str, ...]:
    """The registers of which one will do where a rule needs this one: the shapes of areas for the table of them."""
    return (register, STANDS_IN[register]) if register in STANDS_IN else (register,)


def are_met(needs: Collection[str], there: Collection[str]) -> bool:
    """Whether of every register that is needed one that will do is there."""
    return all(not set(either(need)).isdisjoint(there) for need in needs)


def rules_on(day: date, *, codes: frozenset[str] | None = None) -> frozenset[str]:
    """The rules that are in use on a day: switched on, assessed, not off, and so are all registers that they need.

    Of two registers that say the same one is enough, each with its own assessment.

    Two queries; one with `codes`, what is in use that day.
    """
    codes, off = in_use(on=day) if codes is None else codes, put_off()
    ready = (rule for rule in RULES.values() if rule.id in codes and rule.id not in off)
    return frozenset(rule.id for rule in ready if are_met(rule.registers, codes))
