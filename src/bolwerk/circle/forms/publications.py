"""Writing a publication."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.actions.publications import Words
from bolwerk.circle.models import Edition, EditionItem
from bolwerk.circle.queries.choosing import Candidate
from bolwerk.circle.rules.circles import Level
from bolwerk.circle.rules.publications import LINE_LIMIT


class EditionForm(forms.ModelForm[Edition]):
    """Title and introduction."""

    class Meta:
        model = Edition
        fields = ("title", "subtitle", "intro")
        help_texts = {"intro": _("An empty line begins a paragraph; a line that begins with - is one of a list.")}  # noqa: RUF012  as Django reads a Meta


class ItemForm(forms.ModelForm[EditionItem]):
    """One thing in a publication."""

    class Meta:
        model = EditionItem
        fields = ("kind", "chapter", "title", "text", "said_by", "level", "consent")
        widgets = {"consent": forms.TextInput, "kind": forms.Select}  # noqa: RUF012  as Django reads a Meta
        help_texts = {  # noqa: RUF012  as Django reads a Meta
            "chapter": _("Things with the same chapter stand together."),
            "text": _("An empty line begins a paragraph; a line that begins with - is one of a list."),
            "said_by": _("A function and a municipality, never a name. For example: a team leader in Oosterwaard."),
            "level": _("Only what is green goes out."),
            "consent": _("Who agreed that everybody may read this, and when. This never goes out."),
        }

    def clean_level(self) -> str:
        """Red never stands in a publication, not even in one that is being made."""
        level = str(self.cleaned_data["level"])
        if level == Level.RED:
            raise forms.ValidationError(_("Red stays with who was there. It does not belong here."))
        return level

    def words(self, *, source: str = "") -> Words:
        """What was typed."""
        data: dict[str, Any] = self.cleaned_data
        return Words(source=source, **{name: data[name] for name in self.Meta.fields})


class ChooseForm(forms.Form):
    """Where the things that were chosen go, and who said yes to lessons."""

    chapter = forms.CharField(
        label=_("In which chapter?"),
        required=False,
        max_length=LINE_LIMIT,
        help_text=_("Empty: the theme of the session or of the card."),
    )
    consent = forms.CharField(
        label=_("Who said yes to publishing the lessons?"),
        required=False,
        max_length=LINE_LIMIT,
        help_text=_("For example: the whole circle, on 3 March. Quotes and cards have their yes already."),
    )

    def words(self, found: Candidate) -> Words:
        """What goes in for something that was chosen. Only after `is_valid`."""
        data = self.cleaned_data
        return Words(
            kind=found.kind,
            chapter=data["chapter"] or found.chapter or str(_("From the circle")),
            title=found.title,
            text=found.text,
            level=Level.GREEN,
            said_by=found.said_by,
            consent=found.consent or data["consent"],
            source=found.source,
        )
