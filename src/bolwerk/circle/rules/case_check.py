"""Checking a case: what was found in its texts, what its author does about it, and what may leave. Pure (ADR 33, 34).

The three texts are read as one, so that a person of the title gets the same words in the situation. What an author
wrote instead is read again: a replacement can name somebody as well as what it replaces.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.rules.deidentify import Hit, Kind, Weight, pieces, replaced
from bolwerk.circle.rules.deidentify.replacing import FIXED, fitted

TEXTS = ("title", "situation", "question")
JOINT = "¶"
BETWEEN = f"\n\n{JOINT}\n\n"  # no recogniser reads over it
MOST_ROUNDS = 4  # an author's words are read again, and what was written instead of those, and then it is enough
Words = Mapping[str, str]
Find = Callable[[str], Sequence[Hit]]


class How(models.TextChoices):
    """What an author does about what was found."""

    PROPOSAL = "proposal", _("Use the proposal")
    OWN = "own", _("Use my own words")
    NONE = "none", _("Leave it: this is no person")


class Why(models.TextChoices):
    """Why something that was found points to nobody. Only this comes in the trail, never the words."""

    WORD = "word", _("It is an ordinary word")
    THING = "thing", _("It is a law, a place or an organisation")
    NUMBER = "number", _("It is another kind of number")
    MADE_UP = "made_up", _("It is made up, by me, for this case")


@dataclass(frozen=True)
class Answer:
    """What is done with one finding."""

    how: How
    words: str = ""
    why: str = ""


Answers = Mapping[str, Answer]  # by mark: kind and words of a hit


@dataclass(frozen=True)
class Finding:
    """One person, number or place, wherever it stands in the texts."""

    number: int
    kind: Kind
    texts: tuple[str, ...]  # as they stand there, each once
    marks: tuple[str, ...]  # under what its answer is kept
    proposal: str
    count: int
    answer: Answer | None  # only when every one of its texts has this same answer
    hint: Answer | None = None  # of one of its texts, to begin with
    is_open: bool = False
    again: bool = False  # stands in what the author wrote instead

    @property
    def key(self) -> str:
        """Its name in a form: the same as long as the same words were found."""
        return sha256("\n".join(sorted(self.marks)).encode()).hexdigest()[:16]

    @property
    def weight(self) -> Weight:
        """Red or amber."""
        return Hit(0, 0, self.kind, "").weight

    @property
    def is_red(self) -> bool:
        """Whether it must be resolved before the case is shared."""
        return self.weight is Weight.DIRECT


@dataclass(frozen=True)
class Checked:
    """What a check gives: the texts cut up at each finding, the findings, and the texts as they would leave."""

    shown: Mapping[str, list[tuple[str, Finding | None]]]
    findings: list[Finding]
    clean: Words
    open: list[Finding] = field(default_factory=list)


def mark(kind: str, text: str) -> str:
    """Under what the answer to a hit is kept: its kind and its words."""
    return f"{kind}:{' '.join(text.casefold().split())}"


def check_case(words: Words, answers: Answers, *, find: Find) -> Checked:
    """Look through a case, and carry out what its author said to do with each finding."""
    joined = BETWEEN.join(words[name].replace(JOINT, "") for name in TEXTS)
    hits = [part for hit in find(joined) for part in _within(hit)]
    findings = _grouped(hits, answers)
    by_mark = {one: finding for finding in findings for one in finding.marks}
    shown = {
        name: [(text, by_mark[mark(hit.kind, hit.text)] if hit else None) for text, hit in pieces(text, here)]
        for name, text, here in _cut(joined, hits)
    }
    clean, later = _carried_out(joined, hits, findings, answers, find)
    everything = [*findings, *later]
    texts = {name: text for name, text, _here in _cut(clean, [])}
    return Checked(shown, everything, texts, [one for one in everything if one.is_open])


def _carried_out(
    text: str, hits: list[Hit], findings: list[Finding], answers: Answers, find: Find
) -> tuple[str, list[Finding]]:
    """The text after the answers, and what is found in it anew.

    A finding whose words still stand there opens again in place, whatever was answered.
    """
    known = {one.key for one in findings}
    later: list[Finding] = []
    for _round in range(MOST_ROUNDS):
        groups = _grouped(hits, answers)
        before, text = text, _replaced(text, hits, groups)
        if text == before:
            break
        hits = [part for hit in find(text) for part in _within(hit)]
    still = {one.key: one for one in _grouped(hits, answers) if one.is_red and not _may_stay(one)}
    for at, one in enumerate(findings):
        findings[at] = replace(one, is_open=one.is_open or one.key in still)
    for one in still.values():
        if one.key not in known:
            number = len(findings) + len(later) + 1
            later.append(replace(one, number=number, is_open=True, again=True))
    return text, later


def _may_stay(finding: Finding) -> bool:
    return finding.answer is not None and finding.answer.how is How.NONE


def _replaced(text: str, hits: Sequence[Hit], groups: Sequence[Finding]) -> str:
    by_mark = {one: finding for finding in groups for one in finding.marks}
    choices = []
    for hit in hits:
        finding = by_mark[mark(hit.kind, hit.text)]
        if finding.answer is None or finding.answer.how is How.NONE:
            continue
        taken = hit.proposal if finding.answer.how is How.PROPOSAL else finding.answer.words.replace(JOINT, "")
        choices.append((hit, fitted(text, hit, taken)))
    return replaced(text, choices)


def _grouped(hits: Sequence[Hit], answers: Answers) -> list[Finding]:
    """Hits of the same person, number or place together, in the order in which they first stand."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        is_person = hit.proposal not in FIXED.values() and hit.weight is Weight.DIRECT
        groups.setdefault(f"person:{hit.proposal}" if is_person else mark(hit.kind, hit.text), []).append(hit)
    return [_finding(number, group, answers) for number, group in enumerate(_merged(groups), 1)]


def _merged(groups: Mapping[str, list[Hit]]) -> Iterator[list[Hit]]:
    """Groups of which the same words stand in another one as well become one: an answer belongs to words."""
    done: list[list[Hit]] = []
    for group in groups.values():
        marks = {mark(hit.kind, hit.text) for hit in group}
        for other in done:
            if marks & {mark(hit.kind, hit.text) for hit in other}:
                other.extend(group)
                break
        else:
            done.append(list(group))
    yield from done


def _finding(number: int, group: Sequence[Hit], answers: Answers) -> Finding:
    texts = tuple(dict.fromkeys(hit.text for hit in group))
    marks = tuple(dict.fromkeys(mark(hit.kind, hit.text) for hit in group))
    given = [answers[one] for one in marks if one in answers]
    same = given[0] if len(given) == len(marks) and len(set(given)) == 1 else None
    first = group[0]
    open_ = same is None and first.weight is Weight.DIRECT
    hint = given[0] if given else None
    return Finding(number, first.kind, texts, marks, first.proposal, len(group), same, hint, is_open=open_)


def _within(hit: Hit) -> Iterator[Hit]:
    """A hit without the joint between two texts, should one ever run over it."""
    at = hit.start
    for part in hit.text.split(BETWEEN):
        if part.strip():
            yield replace(hit, start=at, end=at + len(part), text=part)
        at += len(part) + len(BETWEEN)


def _cut(joined: str, hits: Sequence[Hit]) -> Iterator[tuple[str, str, list[Hit]]]:
    """The texts apart again, each with its own hits."""
    at = 0
    for name, text in zip(TEXTS, joined.split(BETWEEN), strict=True):
        end = at + len(text)
        here = [replace(hit, start=hit.start - at, end=hit.end - at) for hit in hits if at <= hit.start < end]
        yield name, text, here
        at = end + len(BETWEEN)
