"""What is filled in of a card. The rules decide; what was typed stays when they refuse."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.models.cards import CALL_LIMIT
from bolwerk.circle.rules.cards import (
    MOST_HOURS,
    TITLE_LIMIT,
    WORDS_LIMIT,
    CardContent,
    CardError,
    CardText,
    CostClass,
    Dimension,
    Evidence,
    Group,
    Licence,
    Quality,
    Size,
    read_card,
)
from bolwerk.documents.forms import FilesField

LINES = ("goals", "steps")


def _words(label: Any, *, rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=WORDS_LIMIT, widget=widget, **({"required": False} | more))


def _lines(label: Any, *, help_text: Any, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class TextForm(forms.Form):
    """The words of a card in one language."""

    use_required_attribute = False  # an empty field is no mistake yet
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    title = forms.CharField(label=_("What is it called?"), max_length=TITLE_LIMIT)
    problem = _words(_("For which problem does this help?"), required=True)
    target = _words(_("Who is it for?"), rows=2)
    goals = _lines(_("What do you want to reach?"), help_text=_("One goal a line."), rows=3)
    steps = _lines(
        _("How do you do it?"), help_text=_("One step a line, in the order in which somebody else would do it."), rows=8
    )
    conditions = _words(_("What must be there before you begin?"))
    cost = _words(_("What does it cost, in money and hours?"), rows=2)
    materials = _words(_("What do you need for it?"), rows=2)
    transferability = _words(_("What must another municipality change in it?"))
    experience = _words(_("What did you see happen?"), help_text=_("Also what went wrong. No names of people."))

    def show(self, error: CardError) -> None:
        """Say why the rules refuse it, at its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error.text))

    def show_conflict(self, *, version: int) -> None:
        """Say that somebody else was first; what was typed stays."""
        self.add_error(None, _("A colleague wrote in this card while you had it open. What you typed is still here."))
        self.data = {**self.data.dict(), "seen": version}  # type: ignore[attr-defined]  # a QueryDict

    def text(self) -> dict[str, Any]:
        """The words that were filled in. Only after `is_valid`."""
        data = self.cleaned_data
        names = CardText.__dataclass_fields__
        return {name: _split(data[name]) if name in LINES else data[name] for name in names}


class CardForm(TextForm):
    """A whole card."""

    themes = forms.MultipleChoiceField(label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False)
    groups = forms.MultipleChoiceField(
        label=_("For whom, to search by"), choices=Group.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    sizes = forms.MultipleChoiceField(
        label=_("For municipalities of which size?"),
        choices=Size.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cost_class = forms.ChoiceField(label=_("Money in the first year"), choices=CostClass.choices)
    hours = forms.IntegerField(
        label=_("Hours in the first year, of all together"), min_value=0, max_value=MOST_HOURS, initial=8
    )
    evidence = forms.ChoiceField(
        label=_("How sure is it that this works?"),
        choices=Evidence.choices,
        widget=forms.RadioSelect,
        initial=Evidence.DESCRIBED,
        help_text=_("“Described” is honest and good enough. Most cards are."),
    )
    effect = forms.ChoiceField(label=Dimension.EFFECT.label, choices=Quality.choices)
    mechanism = forms.ChoiceField(label=Dimension.MECHANISM.label, choices=Quality.choices)
    moderators = forms.ChoiceField(label=Dimension.MODERATORS.label, choices=Quality.choices)
    implementation = forms.ChoiceField(label=Dimension.IMPLEMENTATION.label, choices=Quality.choices)
    economics = forms.ChoiceField(label=Dimension.ECONOMICS.label, choices=Quality.choices)
    sources = _lines(_("Sources"), help_text=_("One source a line: report, author, year."), rows=3)
    licence = forms.ChoiceField(
        label=_("Under which licence?"),
        choices=Licence.choices,
        initial=Licence.BY,
        help_text=_("It holds for the files you add as well. Only add what is yours to give."),
    )

    def __init__(self, *args: Any, themes: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = list(themes)  # type: ignore[attr-defined]  # a field with choices

    def content(self, *, start: CardContent | None) -> CardContent:
        """The card that was filled in; what is not on the form stays as it was. Raises CardError."""
        data = self.cleaned_data
        language = start.language if start else "nl"
        others = {code: text for code, text in start.texts.items() if code != language} if start else {}
        facts = {name: data[name] for name in ("licence", "evidence", "cost_class", "hours")}
        listed = {name: tuple(data[name]) for name in ("themes", "groups", "sizes")}
        known = {one.value: data[one.value] for one in Dimension}
        own = {"code": start.code if start else "new", "number": start.number if start else 1, "language": language}
        raw = (
            own
            | facts
            | listed
            | {"known": known, "sources": _split(data["sources"]), "texts": {language: self.text()}}
        )
        made = read_card(raw)
        return replace(made, texts={**made.texts, **others})


def start_of(card: CardContent, language: str) -> dict[str, Any]:
    """What stands in the form of a card that is there already."""
    text = card.texts.get(language)
    words = {name: getattr(text, name) if text else "" for name in CardText.__dataclass_fields__}
    words |= {name: "\n".join(words[name]) for name in LINES}
    facts = {
        name: getattr(card, name)
        for name in ("themes", "groups", "sizes", "cost_class", "hours", "evidence", "licence")
    }
    known = {one.value: card.known.get(one, Quality.NONE) for one in Dimension}
    return words | facts | known | {"sources": "\n".join(card.sources)}


def _split(text: str) -> tuple[str, ...]:
    return tuple(line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t"))


class MaterialsForm(forms.Form):
    """Files with a card."""

    materials = FilesField(
        label=_("Files"),
        help_text=_("PDF, Word, Excel or pictures, 20 MB at most. We take out who made them and where."),
    )


class CallForm(forms.Form):
    """How somebody can be reached about a card."""

    participation = forms.ChoiceField(label=_("In which circle?"))
    words = forms.CharField(
        label=_("How and when can they reach you?"),
        max_length=CALL_LIMIT,
        help_text=_("For example: 06-12345678, Tuesday or Thursday. Only this circle sees it, until you take it back."),
    )

    def __init__(self, *args: Any, participations: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].choices = list(participations)  # type: ignore[attr-defined]  # a field with choices
