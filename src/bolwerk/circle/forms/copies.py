"""Changing an own copy of something that came from another installation."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.forms.cards import CardForm, start_of
from bolwerk.circle.models import Received
from bolwerk.circle.queries.bundle_words import word_of
from bolwerk.circle.queries.bundles import kinds
from bolwerk.circle.queries.card_bundles import KIND, WORDS, plain, words_in
from bolwerk.circle.queries.library import theme_choices
from bolwerk.circle.rules.circles import NAME_LIMIT


class CopyForm(forms.Form):
    """The texts of a copy, to change them for the own use. Lists have one line for each entry."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Received, **kwargs: Any) -> None:
        shown = row.copy.shown
        texts = {name: _as_text(value) for name, value in shown.items() if isinstance(value, str | list)}
        super().__init__(*args, **{"initial": {"seen": row.version} | texts, **kwargs})
        self.row, properties = row, kinds()[row.kind].schema["properties"]
        for name in texts:
            said = properties.get(name, {})
            if "enum" in said:
                continue
            limit = said.get("maxLength") or said.get("maxItems", 1) * said.get("items", {}).get("maxLength", 1)
            rows = 4 if isinstance(shown[name], list) or limit > NAME_LIMIT else 1
            self.fields[name] = forms.CharField(
                label=word_of(name),
                max_length=limit,
                required=bool(said.get("minLength")),
                widget=forms.Textarea(attrs={"rows": rows}),
                help_text=_("One on a line.") if isinstance(shown[name], list) else "",
            )

    def changed(self) -> dict[str, Any]:
        """The copy with what was typed."""
        found = dict(self.row.copy.shown)
        for name, value in found.items():
            if name in self.cleaned_data:
                typed = str(self.cleaned_data[name]).replace("\r\n", "\n").strip()
                is_list = isinstance(value, list)
                found[name] = [line for line in typed.split("\n") if line.strip()] if is_list else typed
        return found


def _as_text(value: str | list[Any]) -> str:
    return value if isinstance(value, str) else "\n".join(str(one) for one in value)


class CardCopyForm(CardForm):
    """The words of a copied card, as one fills in a card of one's own. Where it came from and its licence stay."""

    def __init__(self, *args: Any, row: Received, **kwargs: Any) -> None:
        self.row, self.start = row, words_in(row.copy.shown)
        initial = start_of(self.start, self.start.language) | {"seen": row.version}
        choices = list(theme_choices())
        choices += [(code, code) for code in self.start.themes if code not in dict(choices)]  # themes of elsewhere
        super().__init__(*args, **{"initial": initial, "themes": choices, **kwargs})
        del self.fields["licence"]

    def changed(self) -> dict[str, Any]:
        """The copy with what was filled in. Raises CardError."""
        self.cleaned_data["licence"] = self.start.licence.value
        words = replace(self.content(start=self.start), provenance=self.start.provenance)
        return self.row.copy.shown | {WORDS: plain(words)}


def copy_form(data: Any, *, row: Received) -> CopyForm | CardCopyForm:
    """The form for a copy: that of a card for a card."""
    return CardCopyForm(data, row=row) if row.kind == KIND else CopyForm(data, row=row)
