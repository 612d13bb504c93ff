"""Lists of codes as a municipality words them: what may stand in such a file, and what each code means. Pure.

A code has a meaning, which is ours: it decides which clocks run and what is counted. Its words, its order and whether
the form offers it are the municipality's, and so are codes of its own, each of which names the meaning it has.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bolwerk.incidents.rules.damage import Loss
from bolwerk.incidents.rules.duties import WITHOUT_RECEPTION_TALK
from bolwerk.incidents.rules.ladder import Severity
from bolwerk.incidents.rules.police import WITH_A_CLOCK
from bolwerk.incidents.rules.reports import WITH_A_PERSON, Channel, Kind

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
LABEL_LIMIT, HINT_LIMIT = 80, 160
KEYS = frozenset({"code", "label", "hint", "icon", "means", "starts"})


class Form(models.TextChoices):
    """In which form it came (domain note 2.3; the five expression categories of the A&O fonds, told apart further)."""

    VERBAL = "verbal", gettext_lazy("Shouting, swearing, humiliating")
    PERSONAL_THREAT = "personal_threat", gettext_lazy("Threat at the person")
    FAMILY_THREAT = "family_threat", gettext_lazy("Threat at family")
    THREAT_OF_EXPOSURE = "threat_of_exposure", gettext_lazy("Threat with authorities or the press")
    DISCRIMINATION = "discrimination", gettext_lazy("Discrimination")
    SEXUAL = "sexual", gettext_lazy("Sexual intimidation")
    STALKING = "stalking", gettext_lazy("Following or stalking")
    DOXING = "doxing", gettext_lazy("Spreading private data (doxing)")
    PHYSICAL = "physical", gettext_lazy("Physical violence")
    DESTRUCTION = "destruction", gettext_lazy("Destroying things")
    WEAPON = "weapon", gettext_lazy("With a weapon or an object")
    AT_HOME = "at_home", gettext_lazy("Waiting at the home")


class Motive(models.TextChoices):
    """What kind of aggression it was (domain note 2.3); a first idea of whoever handles it, no diagnosis."""

    FRUSTRATION = "frustration", gettext_lazy("Frustration")
    INSTRUMENTAL = "instrumental", gettext_lazy("On purpose, to get something done")
    UNCONTROLLED = "uncontrolled", gettext_lazy("Out of control (drink, drugs, confusion)")
    CRIME_SUSPECTED = "crime_suspected", gettext_lazy("Crime suspected behind it")
    UNKNOWN = "unknown", gettext_lazy("Not known")


class CodeList(StrEnum):
    """The lists, by the name of their file: `<name>.<language>.yaml`."""

    KINDS = "kinds"
    CHANNELS = "channels"
    FORMS = "forms"
    MOTIVES = "motives"
    SEVERITY = "severity"
    DAMAGE = "damage"


MEANINGS: dict[CodeList, type[models.TextChoices]] = {
    CodeList.KINDS: Kind,
    CodeList.CHANNELS: Channel,
    CodeList.FORMS: Form,
    CodeList.MOTIVES: Motive,
    CodeList.SEVERITY: Severity,
    CodeList.DAMAGE: Loss,
}
# The matrix of proportion asks for each severity, and routes of recovery know each kind of damage.
WITHOUT_OWN_CODES = frozenset({CodeList.SEVERITY, CodeList.DAMAGE})
# What must stay, so that there is an answer for everything.
NEEDED_CODES: dict[CodeList, frozenset[str]] = {
    CodeList.KINDS: frozenset({Kind.OTHER.value}),
    CodeList.CHANNELS: frozenset({Channel.OTHER.value}),
    CodeList.MOTIVES: frozenset({Motive.UNKNOWN.value}),
    CodeList.SEVERITY: frozenset(Severity.values),
}


class Start(StrEnum):
    """What a kind sets going besides first contact and feedback, which every report gets."""

    TALK = "talk"
    RESPONSE = "response"
    POLICE = "police"


def starts(kind: Kind) -> frozenset[Start]:
    """What reports of this kind set going."""
    asked = {
        Start.TALK: kind not in WITHOUT_RECEPTION_TALK,
        Start.RESPONSE: kind in WITH_A_PERSON,
        Start.POLICE: kind in WITH_A_CLOCK,
    }
    return frozenset(start for start, runs in asked.items() if runs)


class ListError(ValueError):
    """A file with codes is not right; the text says where and what, for people."""


@dataclass(frozen=True)
class Code:
    """One code: what it is called, a hint, its icon, and the meaning it has (that of its own name unless given)."""

    code: str
    label: str
    hint: str = ""
    icon: str = ""
    means: str = ""

    @property
    def meaning(self) -> str:
        """The code of ours that it counts as."""
        return self.means or self.code

    @property
    def own(self) -> str:
        """The code when it is the municipality's own; empty for one of ours."""
        return self.code if self.means else ""


def read_codes(rows: object, *, of: CodeList, icons: frozenset[str]) -> tuple[Code, ...]:
    """Check what stands in a file and return its codes in order. Raises ListError with a sentence."""
    if not isinstance(rows, list) or not rows:
        raise ListError(_("it holds no list of codes"))
    found: list[Code] = []
    for number, row in enumerate(rows, start=1):
        try:
            code = _read_row(row, of=of, icons=icons)
        except ListError as error:
            raise ListError(_("entry %(number)d: %(why)s") % {"number": number, "why": error}) from None
        if any(one.code == code.code for one in found):
            raise ListError(
                _("entry %(number)d: “%(code)s” stands in it twice") % {"number": number, "code": code.code}
            )
        found.append(code)
    missing = NEEDED_CODES.get(of, frozenset()) - {one.code for one in found}
    if missing:
        raise ListError(_("“%(code)s” must stay in the list") % {"code": sorted(missing)[0]})
    return tuple(found)


def _read_row(row: object, *, of: CodeList, icons: frozenset[str]) -> Code:
    if not isinstance(row, dict):
        raise ListError(_("it is no row with a code and a label"))
    unknown = {str(key) for key in row} - KEYS
    if unknown:
        raise ListError(_("“%(key)s” is not known here") % {"key": sorted(unknown)[0]})
    code = _text(row, "code", 40)
    if not CODE.fullmatch(code):
        raise ListError(_("a code has small letters, digits and _, such as verbal_abuse"))
    icon = _text(row, "icon", 40, needed=False)
    if icon and icon not in icons:
        raise ListError(_("there is no icon “%(icon)s”") % {"icon": icon})
    read = Code(code, _text(row, "label", LABEL_LIMIT), _text(row, "hint", HINT_LIMIT, needed=False), icon)
    return _with_meaning(read, row, of=of)


def _text(row: Mapping[object, object], key: str, most: int, *, needed: bool = True) -> str:
    value = row.get(key, "")
    if not isinstance(value, str) or (needed and not value.strip()) or not value.isprintable():
        raise ListError(_("“%(key)s” is missing or is no line of text") % {"key": key})
    if len(value) > most:
        raise ListError(_("“%(key)s” is longer than %(most)d characters") % {"key": key, "most": most})
    return value.strip()


def _with_meaning(code: Code, row: Mapping[object, object], *, of: CodeList) -> Code:
    """What a code means may be said of a code of the municipality's own, and of no other."""
    ours: Sequence[str] = MEANINGS[of].values
    means = _text(row, "means", 40, needed=False)
    if code.code in ours:
        if means and means != code.code:
            raise ListError(_("“%(code)s” is one of ours: what it means stays as it is") % {"code": code.code})
    elif of in WITHOUT_OWN_CODES:
        raise ListError(_("“%(code)s” is not known: this list takes no codes of your own") % {"code": code.code})
    elif means not in ours:
        say = _("“%(code)s” is your own code: say with “means” which of these it counts as: %(ours)s")
        raise ListError(say % {"code": code.code, "ours": ", ".join(ours)})
    else:
        code = Code(code.code, code.label, code.hint, code.icon, means)
    if "starts" in row:
        _check_starts(row["starts"], code, of=of)
    return code


def _check_starts(said: object, code: Code, *, of: CodeList) -> None:
    """A file may say which clocks a kind starts, so that its reader knows; it cannot change them."""
    real = starts(Kind(code.meaning)) if of is CodeList.KINDS else frozenset()
    if not isinstance(said, list) or {str(one) for one in said} != {start.value for start in real}:
        words = ", ".join(sorted(start.value for start in real)) or _("nothing")
        raise ListError(_("“%(code)s” starts %(real)s; a list cannot change that") % {"code": code.code, "real": words})
