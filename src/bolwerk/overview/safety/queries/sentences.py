"""What the figures of a team say, in plain sentences. Few reports are never called good news, nor many bad."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bolwerk.overview.safety.queries.charts import in_words, said
from bolwerk.overview.safety.queries.teams import Alike, TeamFigures
from bolwerk.overview.safety.rules import Change, Rate


def sentences_of(team: TeamFigures) -> list[str]:
    """How many, per 100 full-time jobs, compared with before, with teams that are alike, and with a survey."""
    alike = [_alike(team.alike, team.rate)] if team.department else []
    return [_how_many(team), _rate(team), _change(team), *alike, _gap(team)]


def _how_many(team: TeamFigures) -> str:
    if team.total is None:
        return _("How many reports there were is not shown: that could point at somebody, or open a figure elsewhere.")
    return _("About %(total)s reports came in this year, up to the last quarter that is over.") % {"total": team.total}


def _rate(team: TeamFigures) -> str:
    if team.strength.fte is None:
        names = get_text_list(list(team.strength.missing), _("and")) or team.name
        return _("There is no rate per 100 full-time jobs: nobody entered the FTE of %(names)s.") % {"names": names}
    if team.rate is None:
        return _("There is no rate per 100 full-time jobs, because the number of reports is not shown.")
    return _("That is %(rate)s per 100 full-time jobs, counted for a whole year.") % {"rate": said(team.rate)}


def _change(team: TeamFigures) -> str:
    before = said(team.before) if team.before else ""
    if team.change is Change.HIGHER:
        return _("More was reported than in the same months of the year before: then %(rate)s.") % {"rate": before}
    if team.change is Change.LOWER:
        text = _("Less was reported than in the same months of the year before: then %(rate)s. Ask the team why.")
        return text % {"rate": before}
    if team.change is Change.NOT_SHOWN:
        text = _("Compared with the same months of the year before it has not demonstrably changed: then %(rate)s.")
        return text % {"rate": before}
    return _("It cannot be compared with the year before: a figure or the FTE of one of the two is missing.")


def _alike(alike: Alike | None, rate: Rate | None) -> str:
    if alike is None:
        return _("There are not enough teams that are alike, with a figure and FTE, to stand beside this one.")
    words = {"n": alike.teams, "rate": said(alike.rate), "own": in_words(rate.value) if rate else "?"}
    if alike.by_contact:
        text = ngettext(
            "Beside it: %(n)d team with the same risk and the same contact with the public reports %(rate)s.",
            "Beside it: %(n)d teams with the same risk and the same contact with the public report %(rate)s together.",
            alike.teams,
        )
    else:
        text = ngettext(
            "Beside it: %(n)d team in the same risk class reports %(rate)s.",
            "Beside it: %(n)d teams in the same risk class report %(rate)s together.",
            alike.teams,
        )
    return text % words


def _gap(team: TeamFigures) -> str:
    if team.gap is None:
        return _("What is met and not reported cannot be told: there is no survey among colleagues yet.")
    words = {"share": team.gap.share, "low": team.gap.low, "high": team.gap.high, "n": team.gap.answers}
    text = _("In the survey %(share)s%% of %(n)s colleagues met aggression (between %(low)s and %(high)s%%).")
    return text % words
