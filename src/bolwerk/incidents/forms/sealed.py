"""The mini-report as a phone sends it later: nobody is there any more to mend it, so nothing may get stuck."""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions import Arrival
from bolwerk.incidents.forms.reporting import ReportForm
from bolwerk.incidents.queries import code_named
from bolwerk.incidents.rules import SEALED_LIMIT, WORDS_LIMIT, Facts, Receiver, SealedReport, clock_offset, corrected
from bolwerk.incidents.rules.codes import CODE, CodeList


class BlankReportForm(ReportForm):
    """The form as a phone keeps it: of nobody."""

    def __init__(self, *, at: datetime) -> None:
        super().__init__(person=Person(), at=at)
        named_only = Receiver.OTHER_MANAGER.value  # a name cannot be looked up without network
        kept = [choice for choice in Receiver.choices if choice[0] != named_only]
        self.fields["receiver"].choices = kept  # type: ignore[attr-defined]  # a ChoiceField has them


class EnvelopeForm(forms.Form):
    """What travels: the closed report, the key it was sealed to, and what the phone's clock says now."""

    sealed = forms.CharField(max_length=SEALED_LIMIT * 4 // 3 + 4)
    key = forms.RegexField(r"^[0-9a-f]{64}$")
    phone = forms.CharField(max_length=40)

    def clean_sealed(self) -> bytes:
        """The bytes of the sealed box."""
        try:
            return b64decode(self.cleaned_data["sealed"], validate=True)
        except binascii.Error:
            raise ValidationError("base64") from None

    def clean_phone(self) -> datetime:
        """The phone's clock, with its time zone."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["phone"])
        except ValueError:
            raise ValidationError("moment") from None
        if moment.tzinfo is None:
            raise ValidationError("zone")
        return moment


def _as_listed(answers: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The answers, with “other” for a code that left its list while the phone kept an older page; and those codes."""
    given, gone = dict(answers), []
    for name, of in (("kind", CodeList.KINDS), ("channel", CodeList.CHANNELS)):
        code = given.get(name, "")
        if CODE.fullmatch(code) and code_named(of, code) is None:
            gone.append(code)
            given[name] = "other"
    return given | _as_far_as_known(given), gone


def _as_far_as_known(given: Mapping[str, str]) -> dict[str, str]:
    """Names that only a page with a network asks for are left out; past the manager stays past the manager."""
    past = given.get("receiver", Receiver.MANAGER) != Receiver.MANAGER
    names = dict.fromkeys(("other_manager", "about", "by_whom"), "")
    return names | {"receiver": (Receiver.COORDINATOR if past else Receiver.MANAGER).value}


def _in_pieces(words: str) -> tuple[str, tuple[str, ...]]:
    """What fits in a report, and the rest in pieces that fit in additions: a phone sends all that was typed."""
    pieces = [words[start : start + WORDS_LIMIT] for start in range(0, len(words), WORDS_LIMIT)]
    return (pieces[0], tuple(pieces[1:])) if pieces else ("", ())


class SealedReportForm(ReportForm):
    """The answers of a sealed report, with moments by our clock."""

    def __init__(self, opened: SealedReport, *, phone: datetime, **kwargs: Any) -> None:
        answers, self.gone = _as_listed(opened.answers)
        answers["words"], self.more = _in_pieces(answers.get("words", ""))
        super().__init__(answers, **kwargs)
        self.pressed_at, self.phone = opened.pressed_at, phone
        self.offset: timedelta = clock_offset(phone=phone, at=self.at)
        self.nobody_named = ""

    def clean_occurred_at(self) -> datetime | None:
        """What was typed counts, unless the phone's clock made it a moment that has yet to come."""
        typed: datetime | None = self.cleaned_data["occurred_at"]
        return corrected(typed, offset=self.offset, at=self.at)[0] if typed and typed > self.at else typed

    def clean_colleague(self) -> str:
        """A name that we do not know goes into the words: the report itself must not wait for it."""
        try:
            return super().clean_colleague()
        except ValidationError:
            self.nobody_named = self.cleaned_data["colleague"]
            return ""

    def _check_people(self, data: dict[str, Any]) -> None:
        """Nothing more to ask: whoever reported is not there any more."""

    def facts(self) -> Facts:
        """What was filled in; "now" is the moment at which the button was pressed."""
        usual = super().facts()
        pressed, is_guess = corrected(self.pressed_at, offset=self.offset, at=self.at)
        words = usual.words
        added = [_("Chosen on the phone: %(code)s") % {"code": code} for code in self.gone]
        if self.nobody_named:
            added.append(_("It happened to a colleague: %(name)s") % {"name": self.nobody_named})
        for said in added:
            words = f"{words}\n\n{said}"[:WORDS_LIMIT].strip()
        return Facts(
            kind=usual.kind,
            channel=usual.channel,
            kind_own=usual.kind_own,
            channel_own=usual.channel_own,
            occurred_at=self.cleaned_data["occurred_at"] or pressed,
            safety=usual.safety,
            place=usual.place,
            words=words,
            occurred_uncertain=usual.occurred_uncertain or (is_guess and not self.cleaned_data["occurred_at"]),
        )

    def arrival(self) -> Arrival:
        """All that the action needs. Only after `is_valid`."""
        return Arrival(self.facts(), self.happened_to, self.pressed_at, self.phone, self.sending(), self.more)
