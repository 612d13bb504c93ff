"""What came of cases: of one, of all, and what is still to be asked."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from bolwerk.accounts.models import Person
from bolwerk.circle.access.cases import cases_for
from bolwerk.circle.models import Case, CaseOutcome, Circle, Contribution, FollowUp, Session
from bolwerk.circle.rules.cases import CaseState
from bolwerk.circle.rules.follow_up import Used
from bolwerk.circle.rules.intervision import OVER, Sent

GIVEN = Q(runs__contributions__kind=Sent.ADVICE, runs__state__in=OVER)


@dataclass(frozen=True)
class Advice:
    """One advice, who gave it, and what was done with it."""

    row: Contribution
    said: FollowUp | None


def advice_on(case: Case) -> QuerySet[Contribution]:
    """The advice that a group gave on a case, in every run of it that is over."""
    rows = Contribution.objects.filter(intervision__case=case, intervision__state__in=OVER, kind=Sent.ADVICE)
    return rows.select_related("by__member__municipality").order_by("at", "id")


def advice_with_answers(case: Case) -> list[Advice]:
    """The same, with what its submitter said of each."""
    said = {row.advice_id: row for row in FollowUp.objects.filter(case=case)}
    return [Advice(row, said.get(row.pk)) for row in advice_on(case)]


def outcome_of(case: Case) -> CaseOutcome | None:
    """What came of it, as far as that was told."""
    return CaseOutcome.objects.filter(case=case).first()


@dataclass(frozen=True)
class Came:
    """What came of a case, in a line."""

    case: Case
    given: int
    used: int
    partly: int
    unused: int

    @property
    def waiting(self) -> int:
        """Of how many pieces of advice nobody knows yet."""
        return self.given - self.used - self.partly - self.unused

    @property
    def outcome(self) -> CaseOutcome | None:
        """What it did, as far as that was told."""
        return getattr(self.case, "outcome", None)


def came_of_cases(circle: Circle, person: Person, *, on: date) -> list[Came]:
    """What came of every case that this person may see and the group worked on, the latest first. One query."""
    rows = cases_for(person, circle, on=on).filter(state=CaseState.DONE)
    rows = rows.select_related("circle", "member__municipality", "author__person", "session", "outcome").annotate(
        given=Count("runs__contributions", filter=GIVEN, distinct=True),
        used=Count("follow_ups", filter=Q(follow_ups__used=Used.YES), distinct=True),
        partly=Count("follow_ups", filter=Q(follow_ups__used=Used.PARTLY), distinct=True),
        unused=Count("follow_ups", filter=Q(follow_ups__used=Used.NO), distinct=True),
    )
    return [Came(row, row.given, row.used, row.partly, row.unused) for row in rows]


@dataclass(frozen=True)
class ToAsk:
    """A case of an earlier session whose advice is still to be answered."""

    case: Case
    waiting: int
    mine: bool


def to_ask_back(session: Session, person: Person, *, leads: bool, on: date) -> list[ToAsk]:
    """What is asked back in a session: one's own cases of earlier ones; for who leads, those of everybody."""
    found = came_of_cases(session.circle, person, on=on)
    rows = [ToAsk(one.case, one.waiting, _is_own(one.case, person)) for one in found if one.waiting > 0]
    return [one for one in rows if (leads or one.mine) and one.case.session_id != session.pk]


def _is_own(case: Case, person: Person) -> bool:
    return case.author is not None and case.author.person_id == person.pk
