"""Where rules look: how what each found falls over kinds of neighbourhoods, as knooppunt published it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.hub.models import Study
from bolwerk.hub.queries.catalogue import rule_title
from bolwerk.hub.rules.studies import StudyKind

KINDS = {
    "very urban": gettext_lazy("very urban"),
    "urban": gettext_lazy("urban"),
    "fairly urban": gettext_lazy("fairly urban"),
    "little urban": gettext_lazy("little urban"),
    "not urban": gettext_lazy("not urban"),
    "unknown": gettext_lazy("neighbourhood not known"),
}
"""The classes of urbanity of CBS, as knooppunt names them, from most to least."""


@dataclass(frozen=True)
class Spread:
    """One rule: what its report says (no sentence: too few to tell), and the figures behind it, small ones hidden."""

    title: str
    as_of: date
    sentences: list[str]
    rows: list[list[str]]
    looked: list[list[str]]  # what looking gave, by kind; nothing when nobody looked yet
    compared: dict[str, str]  # of each kind what comparing what was found there with elsewhere gave

    @property
    def tells(self) -> bool:
        """Whether enough was found to say anything."""
        return bool(self.sentences)

    @property
    def differs(self) -> bool:
        """Whether somebody has a question to answer."""
        return any(row[-1] for row in [*self.rows, *self.looked])


def spreads(rules: Iterable[str], *, until: datetime | None = None) -> list[Spread]:
    """The newest report of each of these rules, those with a difference first; with `until` those there were by then.

    Each as it came out of the gate for small numbers when it was made: looking back counts nothing anew. One query.
    """
    newest: dict[str, Study] = {}
    made = Study.objects.filter(kind=StudyKind.BIAS, about__in=list(rules))
    if until is not None:
        made = made.filter(made_at__lt=until)
    for one in made.order_by("-as_of", "-made_at", "pk"):
        newest.setdefault(one.about, one)
    found = [_spread(one) for one in newest.values()]
    return sorted(found, key=lambda one: (not one.differs, one.title))


def _spread(study: Study) -> Spread:
    classes, looked = _in_order(study.result["classes"]), _in_order(study.result.get("outcomes", []))
    told = [_sentence(one) for one in classes if one["compared"] in ("more", "fewer")]
    if not told and any(one["compared"] == "no difference shown" for one in classes):
        told = [_("No difference between kinds of neighbourhoods is shown. That is not the same as no difference.")]
    return Spread(
        title=rule_title(study.about),
        as_of=study.as_of,
        sentences=told + _of_outcomes(looked),
        rows=[_row(one) for one in classes],
        looked=[_row_of_outcomes(one) for one in looked],
        compared={one["name"]: one["compared"] for one in classes},
    )


def _in_order(classes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(classes, key=lambda one: list(KINDS).index(one["name"]))


def _of_outcomes(looked: list[dict[str, Any]]) -> list[str]:
    """What is to be said of how often the rule was right in each kind; nothing when nobody looked yet."""
    told = [_right_sentence(one) for one in looked if one["compared"] in ("more", "fewer")]
    if told or not looked:
        return told
    if any(one["compared"] == "no difference shown" for one in looked):
        return [_("No difference in how often it was right is shown between kinds of neighbourhoods.")]
    return [_("Too few were looked at to tell whether it was as often right everywhere.")]


def _words(one: dict[str, Any]) -> dict[str, object]:
    """A kind of neighbourhood, the share there and that elsewhere, for a sentence."""
    here, rest = _between(one["low"], one["high"]), _between(one["rest_low"], one["rest_high"])
    return {"kind": KINDS[one["name"]], "here": here, "elsewhere": rest}


def _right_sentence(one: dict[str, Any]) -> str:
    words = _words(one)
    if one["compared"] == "more":
        return _("Right more often in neighbourhoods that are %(kind)s: %(here)s, elsewhere %(elsewhere)s.") % words
    return _("Right less often in neighbourhoods that are %(kind)s: %(here)s, elsewhere %(elsewhere)s.") % words


def _row_of_outcomes(one: dict[str, Any]) -> list[str]:
    compared = {"more": _("more often"), "fewer": _("less often")}.get(one["compared"], "")
    counts = [_number(one[said]) for said in ("confirmed", "refuted", "not_judged")]
    shares = [_between(one[f"{where}low"], one[f"{where}high"]) for where in ("", "rest_")]
    return [str(KINDS[one["name"]]), *counts, *shares, compared]


def _sentence(one: dict[str, Any]) -> str:
    words = _words(one)
    if one["compared"] == "more":
        return _("Found more often in neighbourhoods that are %(kind)s: %(here)s, elsewhere %(elsewhere)s.") % words
    return _("Found less often in neighbourhoods that are %(kind)s: %(here)s, elsewhere %(elsewhere)s.") % words


def _row(one: dict[str, Any]) -> list[str]:
    compared = {"more": _("more often"), "fewer": _("less often")}.get(one["compared"], "")
    shares = [_between(one[f"{where}low"], one[f"{where}high"]) for where in ("", "rest_")]
    return [str(KINDS[one["name"]]), _number(one["objects"]), _number(one["found"]), *shares, compared]


def _number(value: int | None) -> str:
    return _("hidden") if value is None else number_format(value, force_grouping=True)


def _between(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    bounds = {"low": number_format(100 * low, decimal_pos=1), "high": number_format(100 * high, decimal_pos=1)}
    return _("%(low)s to %(high)s%%") % bounds
