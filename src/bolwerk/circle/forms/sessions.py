"""Forms of sessions: planning, the poll for a day, what is written down, the three questions, the minutes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.actions.harvest import Attendance, Sheet, Words
from bolwerk.circle.actions.sessions import SessionPlan
from bolwerk.circle.forms.circles import ShowingForm
from bolwerk.circle.models import Member, Participant, PollDay
from bolwerk.circle.queries.sessions import DayShown
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.sessions import (
    MINUTES_LIMIT,
    PLACE_LIMIT,
    THEME_LIMIT,
    WORDS_LIMIT,
    Answer,
    Captured,
    Kept,
    Worth,
    parts_from,
)
from bolwerk.ui.dates import moment_in_words

MOMENT = "%Y-%m-%dT%H:%M"


def moment(label: Any, **more: Any) -> forms.DateTimeField:
    """A question for a day and an hour."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, input_formats=[MOMENT], widget=widget, **more)


def words(label: Any, *, rows: int = 3, required: bool = True, **more: Any) -> forms.CharField:
    """A question for a few sentences."""
    given = {"max_length": WORDS_LIMIT} | more
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **given)


class CancelForm(ShowingForm):
    """Why a session does not take place."""

    why = words(
        _("Why does it not take place?"),
        help_text=_("The circle reads this on the page of the session, not in the mail. Nothing private."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PlanForm(ShowingForm):
    """A session to plan."""

    theme = forms.CharField(label=_("What is it about?"), max_length=THEME_LIMIT)
    host = forms.ModelChoiceField(
        label=_("Which municipality is the host?"), queryset=Member.objects.none(), required=False
    )
    place = forms.CharField(label=_("Where?"), max_length=PLACE_LIMIT, required=False)
    first = moment(_("When?"), required=False)
    second = moment(_("Or when?"), required=False, help_text=_("Give more moments and everybody says what suits."))
    third = moment(_("Or when else?"), required=False)
    blocks = forms.CharField(
        label=_("What happens, block by block"),
        help_text=_("One line a block: the minutes, then what happens. Such as: 20 News of the day."),
        widget=forms.Textarea(attrs={"rows": 9}),
    )

    def __init__(self, *args: Any, hosts: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]  # a ModelChoiceField has one

    def plan(self) -> SessionPlan:
        """What was filled in. Raises CircleError."""
        data = self.cleaned_data
        moments: list[datetime] = sorted({data[name] for name in ("first", "second", "third") if data[name]})
        return SessionPlan(data["theme"], data["host"], data["place"], parts_from(data["blocks"]), moments)


class PollForm(ShowingForm):
    """Which of the proposed days suit."""

    def __init__(self, *args: Any, days: Iterable[DayShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days: dict[str, PollDay] = {}
        for shown in sorted(days, key=lambda one: one.day.starts_at):
            name = f"day_{shown.day.pk}"
            self.days[name] = shown.day
            self.fields[name] = forms.ChoiceField(
                label=moment_in_words(shown.day.starts_at),
                choices=Answer.choices,
                initial=shown.mine,
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[PollDay, Answer]:
        """What was answered, by day."""
        return {day: Answer(self.cleaned_data[name]) for name, day in self.days.items()}


class WordsForm(ShowingForm):
    """Something to write down."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Captured.choices, widget=forms.RadioSelect)
    text = words(_("In a few words"), help_text=_("Name nobody: no residents, no colleagues, no cases that one knows."))
    of = forms.ModelChoiceField(
        label=_("Whose words are these? (quote or promise)"), queryset=Participant.objects.none(), required=False
    )
    level = forms.ChoiceField(
        label=_("How far may it travel?"), choices=Level.choices, initial=Level.ORANGE, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["of"]
        field.queryset = Participant.objects.filter(pk__in=[one.pk for one in people])  # type: ignore[attr-defined]  # a ModelChoiceField has one
        named = {one.pk: f"{one.name} ({one.member})" for one in people}
        field.label_from_instance = lambda row: named[row.pk]  # type: ignore[attr-defined]  # Django's own hook

    def words(self) -> Words:
        """What was filled in."""
        data = self.cleaned_data
        return Words(Captured(data["kind"]), data["text"], Level(data["level"]), data["of"])


class PromiseForm(ShowingForm):
    """What became of a promise."""

    kept = forms.ChoiceField(
        label=_("Did it work out?"),
        choices=[choice for choice in Kept.choices if choice[0] != Kept.OPEN.value],
        widget=forms.RadioSelect,
    )
    how = words(_("What came of it, or what stood in the way?"), required=False)


class SheetForm(ShowingForm):
    """The three questions about a session."""

    worth = forms.ChoiceField(
        label=_("Was this meeting worth your time?"), choices=Worth.choices, widget=forms.RadioSelect
    )
    takes_home = words(_("What do you take home?"), required=False)
    better = words(_("What can be better next time?"), required=False)

    def sheet(self) -> Sheet:
        """What was answered."""
        data = self.cleaned_data
        return Sheet(Worth(data["worth"]), data["takes_home"], data["better"])


class MinutesForm(ShowingForm):
    """The minutes of a session."""

    text = words(
        _("Minutes"),
        rows=20,
        max_length=MINUTES_LIMIT,
        help_text=_("Everybody in the circle reads them. Name no residents and no cases that one could know."),
    )


class AttendanceForm(ShowingForm):
    """Who was at a session."""

    there = forms.MultipleChoiceField(
        label=_("Who was there?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )
    notes_by = forms.ChoiceField(
        label=_("Who writes down what it brings?"),
        required=False,
        help_text=_("Stands on the shared screen. Everybody can write down all the same."),
    )
    time_by = forms.ChoiceField(label=_("Who minds the time?"), required=False)

    def __init__(self, *args: Any, people: Sequence[Participant], there: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"there": [str(one.pk) for one in there], **self.initial}
        self.people = {str(one.pk): one for one in people}
        choices = [(key, f"{one.name} ({one.member.municipality.name})") for key, one in self.people.items()]
        self.fields["there"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them

        for name in ("notes_by", "time_by"):
            self.fields[name].choices = [("", _("Nobody in particular")), *choices]  # type: ignore[attr-defined]  # the same

    def present(self) -> Attendance:
        """Who was ticked, and who has which role."""
        data = self.cleaned_data
        there = [self.people[key] for key in data["there"]]
        return Attendance(there, self.people.get(data["notes_by"]), self.people.get(data["time_by"]))
