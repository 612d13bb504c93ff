"""Forms of the response track. Rules decide; what was typed stays when they refuse."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.audit.rules.contents import REASON_LENGTH, fit_for_the_trail
from bolwerk.deadlines.rules import Term, Unit
from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.models import NormRule
from bolwerk.incidents.queries import choices_of
from bolwerk.incidents.queries.norms import RuleChoices
from bolwerk.incidents.rules import WORDS_LIMIT
from bolwerk.incidents.rules.areas import MOST_PLACES, PLACE_LIMIT, Area, typed_places
from bolwerk.incidents.rules.arrangements import CONTACT_LIMIT, Way
from bolwerk.incidents.rules.codes import CodeList
from bolwerk.incidents.rules.ladder import DECIDERS, Need, Rung, Severity, Step
from bolwerk.incidents.rules.measures import Findings, Hearing, Plan, Route
from bolwerk.incidents.rules.objections import Verdict

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
SHORT, LONG = 1000, WORDS_LIMIT


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)


def words_field(label: Any, *, most: int = SHORT, rows: int = 3, **more: Any) -> forms.CharField:
    """A few lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **({"required": False} | more))


class _PastDays(SeenForm):
    """A form with days that cannot lie in the future."""

    past: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """No day of what has been may lie ahead."""
        data: dict[str, Any] = super().clean() or {}
        for name in self.past:
            if data.get(name) and data[name] > self.today:
                self.add_error(name, _("Choose today or an earlier day."))
        return data


class FindingsForm(_PastDays):
    """What is established."""

    past = ("facts_on", "warned_on")
    severity = forms.ChoiceField(
        label=_("How serious is it by the norm?"),
        choices=partial(choices_of, CodeList.SEVERITY),
        widget=forms.RadioSelect,
        help_text=_(
            "By the norm of the organisation, not by how it felt: that somebody got used to it counts for nothing."
        ),
    )
    facts = words_field(
        _("What happened, by the facts?"),
        most=LONG,
        rows=5,
        help_text=_("What was seen and heard, by whom. No opinion."),
    )
    facts_on = day_field(
        _("Facts established on"), help_text=_("Leave it empty while this is still being looked into.")
    )
    norm_urn = forms.ChoiceField(
        label=_("Choose the rule from the norm"),
        required=False,
        help_text=_(
            "Of the team's norm if it has one, else of the organisation's. It goes into the letter word for word."
        ),
    )
    norm = words_field(
        _("Which rule was broken?"), most=400, rows=2, help_text=_("As it stands in the norm or the house rules.")
    )
    warned = forms.ChoiceField(
        label=_("Was the person warned before?"), choices=YES_NO, widget=forms.RadioSelect, required=False
    )
    warned_on = day_field(_("If so: warned on"))
    not_warned_because = words_field(
        _("If not: why not?"), help_text=_("For example: first contact, or too dangerous to wait.")
    )

    def __init__(self, *args: Any, rules: RuleChoices, linked: NormRule | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = list(rules)
        if linked and linked.urn not in {urn for _line, group in rules for urn, _text in group}:
            shown.append((str(_("Of an earlier version")), [(linked.urn, linked.behaviour)]))
        self.fields["norm_urn"].choices = [("", _("Another rule, in words below")), *shown]  # type: ignore[attr-defined]  # a ChoiceField has them
        if not shown:
            del self.fields["norm_urn"]
        self._words = {urn: text for _line, group in shown for urn, text in group}

    def findings(self) -> Findings:
        """What was filled in; a rule that was chosen gives its own words when nothing else was typed. Only after
        `is_valid`.
        """
        data = self.cleaned_data
        urn = data.get("norm_urn", "")
        warned = data["warned"] == "yes"
        return Findings(
            severity=Severity(data["severity"]),
            facts=data["facts"],
            facts_on=data["facts_on"],
            norm=data["norm"] or self._words.get(urn, "")[:400],
            norm_urn=urn,
            warned_on=data["warned_on"] if warned else None,
            not_warned_because="" if warned else data["not_warned_because"],
        )


class HearingForm(_PastDays):
    """Whether the person was heard."""

    past = ("heard_on",)
    heard = forms.ChoiceField(
        label=_("Did you hear the side of the person?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_("First hear, then decide. Only with acute danger it is the other way round, and then you say so."),
    )
    heard_on = day_field(_("If so: heard on"))
    heard_words = words_field(_("What does the person say about it?"), most=LONG, rows=5)
    not_heard_because = words_field(_("If not: why not yet?"))

    def clean(self) -> dict[str, Any]:
        """Yes asks for a day, no for a reason."""
        data = super().clean()
        if data.get("heard") == "yes" and not data.get("heard_on") and "heard_on" not in self.errors:
            self.add_error("heard_on", _("Choose the day on which you heard the person."))
        if data.get("heard") == "no" and not data.get("not_heard_because", "").strip():
            self.add_error("not_heard_because", _("Write why the person was not heard yet."))
        return data

    def hearing(self) -> Hearing:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        if data["heard"] == "no":
            return Hearing(not_heard_because=data["not_heard_because"])
        return Hearing(data["heard_on"], data["heard_words"])


class PlanForm(forms.Form):
    """A measure as somebody proposes it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    step = forms.ChoiceField(label=_("Which step?"), choices=Step.choices, widget=forms.RadioSelect)
    deviation = words_field(
        _("Why another step than the matrix proposes?"), help_text=_("Only if you choose another one.")
    )
    reasons = words_field(
        _("Why is this needed, and why not a lighter step?"),
        most=LONG,
        rows=4,
        help_text=_("This goes into the letter."),
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"), help_text=_("After it the measure ends by itself."))
    review_on = day_field(_("Review on"), help_text=_("Half-way is usual."))
    route = forms.ChoiceField(
        label=_("How can the person come up against it?"),
        choices=[("", _("Not decided yet")), *Route.choices],
        required=False,
        help_text=_("A ban that rests on ownership is no decision under the Awb in every case; ask your lawyer."),
    )
    house_rules_shown = forms.BooleanField(label=_("The house rules are visible and name a ban"), required=False)
    police_informed = forms.BooleanField(label=_("The police were informed"), required=False)
    other_channel = words_field(_("How do services that the law demands go on?"))
    places = forms.MultipleChoiceField(
        label=_("Where does it hold?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a ban on entry or a contact arrangement. It goes into the letter, as a list and as a map."),
    )
    other_places = words_field(
        _("Other places, one a line"),
        help_text=_("Name, then a comma and the address. These stand in the list, not on the map."),
    )

    contact = forms.CharField(
        label=_("With whom does the person have contact?"),
        required=False,
        max_length=CONTACT_LIMIT,
        help_text=_("For a contact arrangement: function, phone number, e-mail address. It goes into the letter."),
    )
    ways = forms.MultipleChoiceField(
        label=_("By which ways?"),
        required=False,
        choices=Way.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a contact arrangement: what stays open. At least one."),
    )

    def __init__(self, *args: Any, areas: Mapping[str, Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        if areas:
            numbered = enumerate(areas.items(), start=1)
            choices = [(code, f"{number}. {area.line}") for number, (code, area) in numbered]
            self.fields["places"].choices = choices  # type: ignore[attr-defined]  # a choice
        else:
            del self.fields["places"]

    def clean_other_places(self) -> str:
        """Few, and each short enough for a letter."""
        typed: str = self.cleaned_data["other_places"]
        if len(typed_places(typed)) > MOST_PLACES or any(len(line) > PLACE_LIMIT for line in typed.splitlines()):
            raise forms.ValidationError(_("At most ten places, each on a line of at most 200 characters."))
        return typed

    def plan(self) -> Plan:
        """What was filled in. Only after `is_valid`."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        chosen = [self.areas[code] for code in data.pop("places", [])]
        areas = (*chosen, *typed_places(data.pop("other_places")))
        return Plan(**(data | {"step": Step(data["step"]), "areas": areas, "ways": tuple(data["ways"])}))


class MoveForm(SeenForm):
    """One step with a measure: words where others must see why, a day where one belongs to it."""

    words = words_field(_("Why?"))
    day = day_field(_("Day"))

    def __init__(self, *args: Any, with_words: bool, day_label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if day_label:
            self.fields["day"].label = day_label
        else:
            del self.fields["day"]
        if not with_words:
            self.fields["words"].label = _("Remark (not needed)")


class ObjectionForm(forms.Form):
    """What came in against a measure."""

    route = forms.ChoiceField(label=_("What is it?"), choices=Route.choices, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("Came in on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    committee = forms.BooleanField(label=_("A committee gives advice (a longer term)"), required=False)
    words = words_field(_("What does the person say?"), most=LONG, rows=4)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_received_on(self) -> date:
        """Not after today."""
        day: date = self.cleaned_data["received_on"]
        if day > self.today:
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day


class AnswerForm(forms.Form):
    """What became of an objection or complaint."""

    verdict = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[*Verdict.choices, ("withdrawn", _("The person withdrew it"))],
        widget=forms.RadioSelect,
    )
    answer = words_field(_("Why?"), most=LONG, rows=4, required=True)


class WhyForm(forms.Form):
    """Why somebody wants to know more of a person."""

    reason = forms.CharField(
        label=_("Why do you search?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("The reason goes into the trail with your name. Name no person in it."),
        error_messages={"required": _("Say why you search.")},
    )


class ReasonForm(WhyForm):
    """Why somebody searches for a person, and with which words."""

    words = forms.CharField(
        label=_("Name, address or what you know of the person"), max_length=200, min_length=3, strip=True
    )


class NewPersonForm(forms.Form):
    """Somebody who is not in the store yet."""

    name = forms.CharField(label=_("Name, if known"), max_length=120, required=False)
    address = forms.CharField(label=_("Address, if known"), max_length=300, required=False)
    traits = words_field(
        _("No name? Describe the person"),
        help_text=_("Only what is needed to know them again. No suspicion, no illness."),
    )
    colleague = forms.EmailField(
        label=_("A colleague? Their e-mail address"),
        required=False,
        help_text=_("A colleague who is meant sees nothing of this report from then on."),
    )

    def clean_colleague(self) -> Person | None:
        """The colleague with this address."""
        email = self.cleaned_data["colleague"]
        if not email:
            return None
        found = Person.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody has this address here."))
        return found

    def clean(self) -> dict[str, Any]:
        """Something must be known."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("name", "traits", "colleague")):
            self.add_error("name", _("Fill in a name, a description or a colleague."))
        return data


class LadderForm(forms.Form):
    """One step of the ladder as the municipality wants it."""

    decider = forms.ChoiceField(label=_("Who decides?"), choices=[(role.value, role.label) for role in DECIDERS])
    within_days = forms.IntegerField(label=_("Within how many days?"), min_value=1, max_value=365, required=False)
    most_months = forms.IntegerField(label=_("At most how many months?"), min_value=1, max_value=60, required=False)
    needs = forms.MultipleChoiceField(
        label=_("What is needed?"), choices=Need.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(label=_("Where does this come from?"), max_length=200)

    def rung(self, step: Step) -> Rung:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Rung(
            step=step,
            decider=Role(data["decider"]),
            needs=frozenset(map(Need, data["needs"])),
            source=data["source"],
            within=Term(data["within_days"], Unit.DAYS) if data["within_days"] else None,
            most_months=data["most_months"],
        )


class CorrectionForm(forms.Form):
    """What a resident asks to be corrected, or an objection against being kept."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    traits = words_field(_("Description"))
    objection = words_field(_("Objection against being kept"), most=400, help_text=_("AVG article 21."))
    why = words_field(_("Why is this changed?"), most=400, required=True)
