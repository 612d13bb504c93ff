"""Forms of norm meetings and of the phones in them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.forms.norms import NormFormBase
from bolwerk.incidents.forms.response import day_field, words_field
from bolwerk.incidents.models import NormItem
from bolwerk.incidents.rules.norm_meetings import (
    CODE_LENGTH,
    ITEM_LIMIT,
    MOST_PRESENT,
    MOST_WRITTEN,
    OUTCOME_LIMIT,
    WHY_LIMIT,
    Exercise,
    Held,
    Preparation,
)
from bolwerk.incidents.rules.norms import Line, NormError


class _ShowingForm(forms.Form):
    def show(self, error: NormError) -> None:
        """Say why the rules refuse it, at its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error.text))


class PlanMeetingForm(_ShowingForm):
    """The day of a meeting."""

    planned_on = day_field(_("On which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planned_on"].required = True


class ChangeMeetingForm(NormFormBase):
    """Another day for a meeting, or none."""

    planned_on = day_field(_("On which day instead?"))
    why = forms.CharField(
        label=_("Why?"), max_length=WHY_LIMIT, required=False, help_text=_("The team reads it. Name nobody.")
    )

    def __init__(self, *args: Any, cancels: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cancels:
            del self.fields["planned_on"]
        else:
            self.fields["planned_on"].required = True


class PreparationForm(forms.Form):
    """What is prepared."""

    done = forms.MultipleChoiceField(
        label=_("Preparation"), choices=Preparation.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class ExerciseForm(_ShowingForm):
    """The lines of an exercise."""

    items = words_field(
        _("Which lines? One on each row."),
        most=4000,
        rows=12,
        required=True,
        help_text=_("At most twelve, of one short sentence. No names, and nothing by which somebody is known."),
    )

    def __init__(self, *args: Any, writes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if writes:  # the phones write the lines
            del self.fields["items"]


class BehavioursForm(_ShowingForm):
    """What one phone writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_WRITTEN + 1):
            self.fields[f"line_{number}"] = forms.CharField(
                label=_("Behaviour %(number)s") % {"number": number}, max_length=ITEM_LIMIT, required=False
            )

    def lines(self) -> list[str]:
        """What was written. Only after `is_valid`."""
        return [str(value) for value in self.cleaned_data.values()]


class HeldForm(NormFormBase):
    """What came out of a meeting."""

    present = forms.IntegerField(label=_("How many people were there?"), min_value=1, max_value=MOST_PRESENT)
    outcomes = words_field(
        _("What did you agree?"),
        most=OUTCOME_LIMIT,
        rows=6,
        required=True,
        help_text=_("In the words of the team. No names, and not who said what."),
    )
    next_on = day_field(_("When do you meet about it again?"), help_text=_("It gets a clock. Once a year is usual."))

    def held(self) -> Held:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Held(data["present"], data["outcomes"], data["next_on"])


class CodeForm(_ShowingForm):
    """The code on the screen."""

    code = forms.CharField(
        label=_("Which code is on the screen?"),
        max_length=CODE_LENGTH * 2,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """As it is kept: capitals, no spaces."""
        return "".join(str(self.cleaned_data["code"]).upper().split())


class AnswersForm(_ShowingForm):
    """One question a line; nobody has to answer all."""

    def __init__(self, *args: Any, exercise: Exercise, items: Iterable[NormItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            if exercise is Exercise.TRAFFIC_LIGHT:
                choices: list[tuple[str, Any]] = list(Line.choices)
                self.fields[str(item.pk)] = forms.ChoiceField(
                    label=item.text, choices=choices, widget=forms.RadioSelect, required=False
                )
            else:
                scores = [("", "-"), *((str(score), str(score)) for score in range(1, 11))]
                self.fields[str(item.pk)] = forms.ChoiceField(
                    label=item.text,
                    choices=scores,
                    required=False,
                    help_text=_("How great is the risk? 1: hardly any. 10: very great."),
                )

    def answers(self) -> dict[UUID, str]:
        """What was chosen. Only after `is_valid`."""
        return {UUID(name): value for name, value in self.cleaned_data.items() if value}
