"""What is filled in of questions, offers and answers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.actions.questions import Asked
from bolwerk.circle.models import Card, Municipality
from bolwerk.circle.rules.questions import ANSWER_LIMIT, ASK_LIMIT, MORE_LIMIT, QuestionError, QuestionKind


class QuestionForm(forms.Form):
    """A question or an offer."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=QuestionKind.choices, widget=forms.RadioSelect, initial=QuestionKind.ASK
    )
    words = forms.CharField(
        label=_("In one sentence"),
        max_length=ASK_LIMIT,
        help_text=_("For example: who has a letter for a ban on entry that a judge has seen? No names of people."),
    )
    more = forms.CharField(
        label=_("What must they know to help you?"),
        max_length=MORE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    to = forms.ModelChoiceField(
        label=_("For whom?"), queryset=Municipality.objects.none(), required=False, empty_label=_("The whole circle")
    )
    last_day = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: two months. After that it goes to what is over."),
    )

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = municipalities  # type: ignore[attr-defined]  # a ModelChoiceField has one

    def show(self, error: QuestionError) -> None:
        """Say why the rules refuse it, at its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error.text))

    def asked(self, card: Card | None) -> Asked:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Asked(QuestionKind(data["kind"]), data["words"], data["more"], data["to"], card, data["last_day"])


class AnswerForm(forms.Form):
    """An answer."""

    use_required_attribute = False  # an empty field is no mistake yet

    words = forms.CharField(label=_("Your answer"), max_length=ANSWER_LIMIT, widget=forms.Textarea(attrs={"rows": 4}))
