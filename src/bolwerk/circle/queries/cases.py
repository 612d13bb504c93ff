"""Cases of a circle as people see them, and what the check finds in a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import installation
from bolwerk.circle.access.cases import Desk, cases_for, drafts_at
from bolwerk.circle.access.circles import circles_of
from bolwerk.circle.models import Case, CaseDraft, Circle, Member, OwnWord, Participant, Session
from bolwerk.circle.queries.deidentify import check
from bolwerk.circle.queries.methods import method_of, methods
from bolwerk.circle.rules.case_check import TEXTS, Answer, Answers, Checked, How, Words, check_case
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.deidentify import OwnList
from bolwerk.circle.rules.sessions import SessionState


@dataclass(frozen=True)
class Shown:
    """A case as the circle reads it; the same page shows what would be shared, before it is."""

    title: str
    situation: str
    question: str
    method: str
    level: Level
    member: Member | None
    author: str


def words_of(row: Case | CaseDraft) -> dict[str, str]:
    """The three texts of a case or a draft."""
    return {name: getattr(row, name) for name in TEXTS}


def member_of(draft: CaseDraft) -> Member | None:
    """For which municipality of a circle a draft is; None at home."""
    return draft.author.member if draft.author else None


def method_title(slug: str) -> str:
    """What a method is called; empty when the circle still chooses, or the method is gone."""
    found = method_of(slug) if slug else None
    return found.title if found else ""


def method_choices() -> list[tuple[str, str]]:
    """The methods to choose from."""
    return [(one.slug, one.title) for one in methods()]


def shown(row: Case | CaseDraft, *, words: Words | None = None) -> Shown:
    """A case for the page, or a draft with the words that would leave."""
    texts = words or words_of(row)
    member = row.member if isinstance(row, Case) else member_of(row)
    author = row.author.name if row.author else ""
    return Shown(**texts, method=method_title(row.method), level=Level(row.level), member=member, author=author)


def answers_of(draft: CaseDraft) -> dict[str, Answer]:
    """What its author answered so far, by kind and words of what was found."""
    return {mark: Answer(How(one["how"]), one["words"], one["why"]) for mark, one in draft.answers.items()}


def own_words(member: Member | None) -> list[OwnWord]:
    """The list of a municipality, or of the house, by the alphabet."""
    return sorted(OwnWord.objects.filter(member=member).select_related("by"), key=lambda row: row.words.casefold())


def own_list(member: Member | None) -> OwnList:
    """The same for the recognisers."""
    return OwnList([row.words for row in OwnWord.objects.filter(member=member)])


def checked(words: Words, answers: Answers, member: Member | None) -> Checked:
    """What the check finds, with the list of the municipality that brings it."""
    return check_case(words, answers, find=partial(check, own=own_list(member)))


def checked_draft(draft: CaseDraft) -> Checked:
    """The same of a draft, with what its author answered."""
    return checked(words_of(draft), answers_of(draft), member_of(draft))


def host_of(member: Member | None) -> str:
    """On whose installation a draft lies, when that is not the municipality's own; empty at home (ADR 34)."""
    if member is None:
        return ""
    here = installation()
    name = here.name.removeprefix("Gemeente ") if here else ""
    return "" if name == member.municipality.name else name or "Bolwerk"


@dataclass(frozen=True)
class Listed:
    """The page of cases: one's own drafts, what is to come, and what was worked on."""

    drafts: list[CaseDraft]
    open: list[Case]
    done: list[Case]
    withdrawn: list[Case]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.drafts or self.open or self.done or self.withdrawn)


def listed(circle: Circle, person: Person, me: Participant | None, *, on: date) -> Listed:
    """Every case that this person may see, the next session first."""
    rows = list(cases_for(person, circle, on=on))
    names: Mapping[str, str] = dict(method_choices())
    for row in rows:
        row.method_title = names.get(row.method, "")  # type: ignore[attr-defined]  # for the list only
    open_ones = [one for one in rows if one.state in (CaseState.SHARED, CaseState.PLANNED)]
    open_ones.sort(key=lambda one: (one.state != CaseState.PLANNED, one.shared_at))
    return Listed(
        drafts=list(drafts_at(Desk(person, me))) if me else [],
        open=open_ones,
        done=[one for one in rows if one.state == CaseState.DONE],
        withdrawn=[one for one in rows if one.state == CaseState.WITHDRAWN],
    )


def sessions_to_come(circle: Circle) -> QuerySet[Session]:
    """The sessions for which a case can be planned, the first one first."""
    return circle.sessions.filter(state__in=[SessionState.PLANNED, SessionState.RUNNING]).order_by("starts_at")


def case_address(key: UUID, person: Person, on: date) -> str | None:
    """The page of a case for this person, or None."""
    row = Case.objects.filter(pk=key, circle__in=circles_of(person, on=on).order_by().values("pk")).first()
    if row is None or not cases_for(person, row.circle, on=on).filter(pk=key).exists():
        return None
    return reverse("circle:case", args=[row.circle_id, key])
