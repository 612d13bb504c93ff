"""Forms around the care for somebody: help, absence, what somebody asks. There is no field for anything medical."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.forms.care import short_words
from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.models import SickLeave
from bolwerk.incidents.rules.care_help import Absence, AbsenceError, Help, HelpKind, WishKind
from bolwerk.incidents.rules.care_rating import Question, Rating


def day(label: Any, **more: Any) -> forms.DateField:
    """One day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class HelpForm(forms.Form):
    """Help that was arranged."""

    kind = forms.ChoiceField(label=_("Which help?"), choices=HelpKind.choices, widget=forms.RadioSelect)
    arranged_on = day(_("On which day was it arranged?"))
    agreed = short_words(_("What did you agree?"), help_text=_("Who makes the appointment, and who comes along."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["arranged_on"].initial = today

    def clean_arranged_on(self) -> date:
        """Not after today."""
        chosen: date = self.cleaned_data["arranged_on"]
        if chosen > self.today:
            raise ValidationError(_("Choose today or an earlier day."))
        return chosen

    def arranged(self) -> Help:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Help(HelpKind(data["kind"]), data["arranged_on"], data["agreed"])


class AbsenceForm(forms.Form):
    """Days of absence."""

    began_on = day(_("First day of absence"))
    back_on = day(_("First day back at work"), required=False, help_text=_("Leave empty while the absence goes on."))

    def __init__(self, *args: Any, today: date, running: SickLeave | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["began_on"].initial = running.began_on if running else today

    def clean(self) -> dict[str, Any]:
        """Neither after today, and back after the first day."""
        data: dict[str, Any] = super().clean() or {}
        for name in ("began_on", "back_on"):
            if (chosen := data.get(name)) and chosen > self.today:
                self.add_error(name, _("Choose today or an earlier day."))
        if data.get("began_on"):
            try:
                Absence(data["began_on"], data.get("back_on"))
            except AbsenceError:
                self.add_error("back_on", _("Choose a day after the first day of absence."))
        return data

    def absence(self) -> Absence:
        """What was filled in. Only after `is_valid`."""
        return Absence(self.cleaned_data["began_on"], self.cleaned_data["back_on"])


class WishForm(forms.Form):
    """What somebody asks for the own care."""

    kind = forms.ChoiceField(label=_("What would you like?"), choices=WishKind.choices, widget=forms.RadioSelect)
    words = short_words(
        _("Would you like to add something?"), help_text=_("With whom, or when it suits you. You need not say why.")
    )


class AnswerForm(forms.Form):
    """What comes of it."""

    answer = short_words(_("What do you do with it?"), help_text=_("Whoever asked it reads this."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
        self.fields["answer"].error_messages["required"] = _("Write what comes of it.")


class UndoForm(forms.Form):
    """Why something was taken back."""

    why = short_words(_("Why is it taken back?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = True
        self.fields["why"].error_messages["required"] = _("Write why, so that a colleague can see it later.")


class OwnStepForm(SeenForm):
    """No more care for oneself, or care after all."""

    reason = short_words(_("Why not?"), help_text=_("One sentence is enough. Your manager and the care team read it."))

    def __init__(self, *args: Any, with_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = with_reason
        if with_reason:
            self.fields["reason"].error_messages["required"] = _("Write in a few words why you want no more care.")
        else:
            del self.fields["reason"]


class RatingForm(forms.Form):
    """Three questions about the care."""

    def __init__(self, *args: Any, questions: dict[Question, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question, text in questions.items():
            self.fields[question.value] = forms.ChoiceField(
                label=text,
                choices=Rating.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )

    def answers(self) -> dict[Question, Rating]:
        """What was answered. Only after `is_valid`."""
        return {question: Rating(self.cleaned_data[question.value]) for question in Question}
