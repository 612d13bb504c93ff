"""The mini-report: one page, under a minute."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.queries import AmbiguousNameError, NobodyByThatNameError, colleague_named
from bolwerk.documents.actions import Upload
from bolwerk.documents.forms import SOUND, FilesField, PhotosForm
from bolwerk.incidents.actions import Sending, Told, told_in
from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import choices_of, choices_with, code_named, is_manager, kinds, nobody_left
from bolwerk.incidents.rules import (
    FOR_OTHERS,
    WORDS_LIMIT,
    ByWhom,
    Channel,
    Facts,
    Kind,
    NotYetHappenedError,
    Receiver,
    Safety,
    check_moment,
)
from bolwerk.incidents.rules.codes import Code, CodeList


class When(models.TextChoices):
    """Most reports are sent at once; only the others need a date."""

    NOW = "now", _("Now or just now")
    EARLIER = "earlier", _("Earlier")


def name_field(label: Any, **more: Any) -> forms.CharField:
    """Somebody who works here, typed in full: this is no staff directory."""
    typed = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=254, widget=typed, **more)


class ReportForm(PhotosForm):
    """What happened, where, when, and are you safe. Only what somebody needs in order to act."""

    voice = FilesField(
        label=_("Voice note"),
        required=False,
        accept=SOUND,
        help_text=_(
            "Talk instead of type: M4A, MP3 or WAV, at most 20 MB. We take out place, date and phone; your voice can "
            "be recognised."
        ),
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    safety = forms.ChoiceField(
        label=_("Are you safe now?"),
        choices=Safety.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are safe now.")},
    )
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=partial(choices_of, CodeList.KINDS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened. Not sure? Choose “Something else”.")},
    )
    channel = forms.ChoiceField(
        label=_("Where was it?"),
        choices=lambda: [("", _("Choose a place")), *choices_of(CodeList.CHANNELS)],
        error_messages={"required": _("Choose where it happened.")},
    )
    place = forms.CharField(label=_("Which place exactly?"), required=False, max_length=200)
    when = forms.ChoiceField(label=_("When was it?"), choices=When.choices, widget=forms.RadioSelect, initial=When.NOW)
    occurred_at = forms.DateTimeField(
        label=_("Date and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Give the date and the time, for example 21-11-2026 14:30.")},
    )
    uncertain = forms.BooleanField(label=_("I do not know the time exactly"), required=False)
    words = forms.CharField(
        label=_("What do you want to tell about it?"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    colleague = forms.CharField(
        label=_("Name or e-mail address of your colleague"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
    )
    by_whom = forms.ChoiceField(label=_("How do you report?"), required=False, choices=ByWhom.choices)
    receiver = forms.ChoiceField(
        label=_("Who reads it?"),
        required=False,
        choices=Receiver.choices,
        widget=forms.RadioSelect,
        initial=Receiver.MANAGER,
    )
    other_manager = name_field(_("Name or e-mail address of the other manager"))
    about = name_field(
        _("Is it about somebody who works here? Name or e-mail address"),
        help_text=_("That person never gets this report and never sees it, in whatever role."),
    )

    def __init__(self, *args: Any, person: Person, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.at = person, at
        self.happened_to = person
        self.chosen_manager: Person | None = None
        self.kept_from: Person | None = None

    def sounds(self) -> list[Upload]:
        """The voice notes that came along, also when another field is not right yet. After `is_valid`."""
        return list(self.cleaned_data.get("voice", []))

    def kind_choices(self) -> list[dict[str, object]]:
        """The kinds with icon and hint, and which one is chosen."""
        chosen = self["kind"].value()
        return [{"text": text, "checked": text.code == chosen} for text in kinds()]

    def clean_colleague(self) -> str:
        """Find the colleague; the report is about the sender when nobody is named."""
        named: str = self.cleaned_data["colleague"]
        self.happened_to = somebody(named) or self.person
        return named

    def clean_other_manager(self) -> str:
        """Find the manager who was chosen; only somebody who is a manager today can be."""
        named: str = self.cleaned_data["other_manager"]
        if self.cleaned_data.get("receiver") != Receiver.OTHER_MANAGER:
            return named
        self.chosen_manager = somebody(named)
        if self.chosen_manager is None:
            raise ValidationError(_("Say which manager must read it."))
        if not is_manager(self.chosen_manager, on=timezone.localdate(self.at)):
            raise ValidationError(_("This colleague is not a manager. Choose another, or the coordinator alone."))
        return named

    def clean_about(self) -> str:
        """Find who is said to have done it."""
        named: str = self.cleaned_data["about"]
        self.kept_from = somebody(named)
        if self.kept_from and self.kept_from in {self.person, self.happened_to}:
            raise ValidationError(_("It cannot be about you, nor about whom it happened to. Leave it empty."))
        if self.kept_from and self.kept_from == self.chosen_manager:
            raise ValidationError(_("You chose this very person to read it. Choose another manager."))
        return named

    def clean(self) -> dict[str, Any]:
        """A moment is needed only for what happened earlier; a moment that was filled in counts."""
        data: dict[str, Any] = super().clean() or {}
        given = data.get("occurred_at")
        if data.get("when") == When.EARLIER and given is None and "occurred_at" not in self.errors:
            self.add_error("occurred_at", _("Say when it was. A guess is fine: tick the box below."))
        try:
            check_moment(given or self.at, at=self.at)
        except NotYetHappenedError:
            self.add_error("occurred_at", _("This moment has yet to come. Check the date and the time."))
        self._check_people(data)
        return data

    def _check_people(self, data: dict[str, Any]) -> None:
        """Reporting for somebody needs to know for whom; and somebody must be left who may read it."""
        others = FOR_OTHERS - {ByWhom.WITNESS.value}
        if data.get("by_whom") in others and self.happened_to == self.person and "colleague" not in self.errors:
            self.add_error("colleague", _("Say to whom it happened."))
        if data.get("by_whom") == ByWhom.MANAGER and not is_manager(self.person, on=timezone.localdate(self.at)):
            self.add_error("by_whom", _("You are not a manager here. Choose “It happened to a colleague”."))
        asked = {"receiver", "other_manager", "about"} & self.errors.keys()
        usual = data.get("receiver") in {"", Receiver.MANAGER} and self.kept_from is None
        if not asked and not usual and nobody_left(self.as_it_would_be(), on=timezone.localdate(self.at)):
            said = _("Then nobody is left who may read it. Choose another manager, or call a confidant.")
            self.add_error("receiver", said)

    def as_it_would_be(self) -> Incident:
        """The report as it would be sent, as far as its readers go; it is never kept."""
        sending = self.sending()
        return Incident(
            happened_to=self.happened_to,
            department_id=self.happened_to.department_id,
            receiver=sending.receiver,
            chosen_manager=sending.chosen_manager,
            kept_from=sending.kept_from,
        )

    def sending(self) -> Sending:
        """How it is reported and who reads it."""
        data = self.cleaned_data
        return Sending(
            by_whom=ByWhom(data.get("by_whom") or ByWhom.SELF),
            receiver=Receiver(data.get("receiver") or Receiver.MANAGER),
            chosen_manager=self.chosen_manager,
            kept_from=self.kept_from,
        )

    def facts(self) -> Facts:
        """What was filled in, for the action. Only after `is_valid`."""
        data = self.cleaned_data
        kind, channel = chosen(CodeList.KINDS, data["kind"]), chosen(CodeList.CHANNELS, data["channel"])
        return Facts(
            kind=Kind(kind.meaning),
            channel=Channel(channel.meaning),
            kind_own=kind.own,
            channel_own=channel.own,
            occurred_at=data["occurred_at"] or self.at,
            safety=Safety(data["safety"]),
            place=data["place"],
            words=data["words"],
            occurred_uncertain=data["uncertain"],
        )


def somebody(named: str) -> Person | None:
    """The colleague of this name, or None when nobody was named. Raises ValidationError."""
    try:
        return colleague_named(named) if named.strip() else None
    except NobodyByThatNameError:
        sentence = _("We know nobody by exactly this name or address. Check it, or leave it empty.")
        raise ValidationError(sentence) from None
    except AmbiguousNameError:
        raise ValidationError(_("More than one colleague has this name. Give the e-mail address.")) from None


def chosen(of: CodeList, code: str) -> Code:
    """The code that was chosen. One that left the list while somebody had the form open counts as it is named."""
    return code_named(of, code) or Code(code, code)


class CorrectForm(SeenForm):
    """The same questions as in the report, with the answers that were given."""

    kind = ReportForm.base_fields["kind"]
    channel = ReportForm.base_fields["channel"]
    place = ReportForm.base_fields["place"]
    occurred_at = forms.DateTimeField(
        label=_("Date and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Give the date and the time, for example 21-11-2026 14:30."),
            "invalid": _("Give the date and the time, for example 21-11-2026 14:30."),
        },
    )
    occurred_uncertain = ReportForm.base_fields["uncertain"]
    words = ReportForm.base_fields["words"]

    def __init__(self, *args: Any, incident: Incident, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.incident = at, incident
        had = {"kind": (CodeList.KINDS, incident.kind_code), "channel": (CodeList.CHANNELS, incident.channel_code)}
        for name, (of, code) in had.items():
            self.fields[name].choices = choices_with(of, code)  # type: ignore[attr-defined]  # a ChoiceField has them

    def clean_occurred_at(self) -> datetime:
        """Not a moment that has yet to come."""
        given: datetime = self.cleaned_data["occurred_at"]
        try:
            check_moment(given, at=self.at)
        except NotYetHappenedError:
            raise ValidationError(_("This moment has yet to come. Check the date and the time.")) from None
        return given

    def told(self) -> Told:
        """What was filled in. Only after `is_valid`."""
        had, data = told_in(incident=self.incident), dict(self.cleaned_data)
        data.pop("seen")
        kind, channel = data.pop("kind"), data.pop("channel")
        if data["occurred_at"] == had.occurred_at.replace(second=0, microsecond=0):
            data["occurred_at"] = had.occurred_at  # a form knows minutes; the report may know more
        return Told(**data, **self._kind(kind), **self._channel(channel))

    def _kind(self, code: str) -> dict[str, Any]:
        if code == self.incident.kind_code:
            return {"kind": Kind(self.incident.kind), "kind_own": self.incident.kind_own}
        read = chosen(CodeList.KINDS, code)
        return {"kind": Kind(read.meaning), "kind_own": read.own}

    def _channel(self, code: str) -> dict[str, Any]:
        if code == self.incident.channel_code:
            return {"channel": Channel(self.incident.channel), "channel_own": self.incident.channel_own}
        read = chosen(CodeList.CHANNELS, code)
        return {"channel": Channel(read.meaning), "channel_own": read.own}


class WithdrawForm(SeenForm):
    """Why a report is taken back: asked, never demanded."""

    reason = forms.CharField(
        label=_("Why do you take it back?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "You need not say why. Did somebody ask you to take it back, or do you fear trouble? Call the aggression "
            "coordinator or a confidant first."
        ),
    )


class DetailsForm(PhotosForm):
    """What came to mind later."""

    field_order = ("text", "camera", "photos")
    text = forms.CharField(
        label=_("What do you want to add?"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """Words, photos, or both."""
        data: dict[str, Any] = super().clean() or {}
        if "text" in data and not data["text"].strip() and not self.uploads():
            self.add_error("text", _("Write what you want to add or choose a photo, or go back."))
        return data
