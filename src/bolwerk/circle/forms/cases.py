"""Forms of cases: writing one, answering what the check found, the own list, taking back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.actions.case_drafts import Written
from bolwerk.circle.forms.circles import ShowingForm
from bolwerk.circle.models import Session
from bolwerk.circle.rules.case_check import Answer, Finding, How, Why
from bolwerk.circle.rules.cases import (
    CASE_LEVELS,
    QUESTION_LIMIT,
    REASON_LIMIT,
    SITUATION_LIMIT,
    TITLE_LIMIT,
    check_title,
)
from bolwerk.circle.rules.circles import CircleError, Level
from bolwerk.circle.rules.deidentify import Kind

PARTS = ("how", "words", "why")
OWN_WORDS_LIMIT = 200  # what somebody writes in place of one name or number
NUMBERS = frozenset({Kind.BSN, Kind.PHONE, Kind.PLATE, Kind.IBAN, Kind.KVK})


class CaseForm(ShowingForm):
    """A case as its author writes it."""

    title = forms.CharField(
        label=_("What is it about, in one sentence?"),
        max_length=TITLE_LIMIT,
        help_text=_(
            "At most 15 words, without names. Such as: a contractor presses a colleague before the council meets."
        ),
    )
    situation = forms.CharField(
        label=_("What happened, and who is in it?"),
        max_length=SITUATION_LIMIT,
        help_text=_(
            "Write it as you would tell it. Names and numbers are found afterwards, before anybody else reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    question = forms.CharField(
        label=_("What do you want to learn?"),
        max_length=QUESTION_LIMIT,
        help_text=_("A question that others can help with. Better “How do I …” than “Who is right?”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    method = forms.ChoiceField(label=_("With which method?"), required=False)
    level = forms.ChoiceField(
        label=_("How far may it travel?"), choices=CASE_LEVELS, initial=Level.ORANGE.value, widget=forms.RadioSelect
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, methods: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The circle chooses")), *methods]
        self.fields["method"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField has them

    def clean_title(self) -> str:
        """At most fifteen words."""
        title = str(self.cleaned_data["title"])
        try:
            check_title(title)
        except CircleError as error:
            raise ValidationError(str(error.text)) from None
        return title

    def show_conflict(self, *, version: int) -> None:
        """Say that the same author wrote in another window; sending once more counts."""
        self.add_error(None, _("You wrote in this case in another window. Look there first, or send this once more."))
        self.data = {**self.data.dict(), "seen": version}  # type: ignore[attr-defined]  # a QueryDict

    def written(self) -> Written:
        """What was filled in."""
        data = self.cleaned_data
        return Written(data["title"], data["situation"], data["question"], data["method"], Level(data["level"]))


class AnswersForm(ShowingForm):
    """What to do with each thing that the check found. Nothing chosen yet: the proposal stands ready."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, findings: Sequence[Finding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings = list(findings)
        for one in self.findings:
            self._add(one)

    def _add(self, one: Finding) -> None:
        before = one.answer or one.hint
        start = How.PROPOSAL if one.is_red else How.NONE
        leave = How.NONE.label if one.is_red else _("Leave it as it is")
        choices = [
            (How.PROPOSAL.value, _("Use the proposal: %(words)s") % {"words": one.proposal}),
            (How.OWN.value, How.OWN.label),
            (How.NONE.value, leave),
        ]
        self.fields[f"how_{one.key}"] = forms.ChoiceField(
            label=_("What do you do with number %(number)s?") % {"number": one.number},
            choices=choices,
            initial=before.how.value if before else start.value,
            widget=forms.RadioSelect,
        )
        self.fields[f"words_{one.key}"] = forms.CharField(
            label=_("My own words"),
            max_length=OWN_WORDS_LIMIT,
            required=False,
            initial=before.words if before else "",
        )
        if one.is_red:
            likely = Why.NUMBER if one.kind in NUMBERS else Why.WORD
            self.fields[f"why_{one.key}"] = forms.ChoiceField(
                label=_("If it is no person: why?"),
                choices=Why.choices,
                required=False,
                initial=(before.why if before else "") or likely.value,
            )

    def rows(self) -> list[tuple[Finding, list[tuple[str, forms.BoundField]]]]:
        """Each finding with its questions, by what they ask."""
        asked = {one.key: [part for part in PARTS if f"{part}_{one.key}" in self.fields] for one in self.findings}
        return [(one, [(part, self[f"{part}_{one.key}"]) for part in asked[one.key]]) for one in self.findings]

    def clean(self) -> dict[str, Any]:
        """Own words are there when they are chosen; a reason is there when something red stays."""
        data: dict[str, Any] = super().clean() or {}
        for one in self.findings:
            how = data.get(f"how_{one.key}")
            if how == How.OWN.value and not data.get(f"words_{one.key}"):
                self.add_error(f"words_{one.key}", _("Write what should stand there, or choose the proposal."))
            if how == How.NONE.value and one.is_red and not data.get(f"why_{one.key}"):
                self.add_error(f"why_{one.key}", _("Say why this points to nobody."))
        return data

    def answers(self) -> dict[str, Answer]:
        """What was chosen, by the key of a finding."""
        data = self.cleaned_data
        given = {}
        for one in self.findings:
            how = How(data[f"how_{one.key}"])
            words = data[f"words_{one.key}"] if how is How.OWN else ""
            given[one.key] = Answer(how, words, data.get(f"why_{one.key}", "") if how is How.NONE else "")
        return given


class OwnWordsForm(ShowingForm):
    """Words for the list of a municipality."""

    words = forms.CharField(
        label=_("Which words or names?"),
        help_text=_("One a line: aldermen, streets, companies, nicknames that everybody knows."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8_000,
    )

    def lines(self) -> list[str]:
        """What was filled in, line by line."""
        return str(self.cleaned_data["words"]).splitlines()


class TakeBackForm(ShowingForm):
    """Why a case is taken back."""

    because = forms.CharField(
        label=_("Why do you take it back?"),
        help_text=_("The circle reads this in place of the case. Name nobody."),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class PlanCaseForm(ShowingForm):
    """For which session."""

    session = forms.ModelChoiceField(
        label=_("For which session?"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=_("Not planned yet"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sessions: QuerySet[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]  # a ModelChoiceField has one
