"""The minutes of a session as PDF/UA-1, in the house style."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from bolwerk.circle.models import Session
from bolwerk.documents.queries import Paper, text_pdf
from bolwerk.ui.content import content_language
from bolwerk.ui.dates import moment_in_words

HEADING = re.compile(r"^(?!- |## )(\S.*)\n(?=- )", re.MULTILINE)  # a line right above a list is its heading


def minutes_pdf(session: Session, *, at: datetime) -> bytes:
    """The minutes as they were kept; headings and lists as such, so that they can be read aloud in order."""
    text = HEADING.sub(r"\n## \1\n\n", session.minutes.replace("\r\n", "\n"))
    references = [(_("Circle"), session.circle.name)]
    if session.starts_at:
        references.append((_("When"), moment_in_words(session.starts_at)))
    if session.place:
        references.append((_("Where"), session.place))
    subject = _("Minutes: %(theme)s") % {"theme": session.theme}
    return text_pdf(Paper(content_language(), subject, references, text), at=session.ended_at or at)
