"""Why a file did not come in, in sentences: what is wrong, and what one can do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.documents.cleaning.outcome import Reason

SENTENCES: dict[Reason, str | Promise] = {
    Reason.EMPTY: _("The file is empty. Choose it again."),
    Reason.TOO_LARGE: _("The file is larger than 20 MB. Make it smaller, or send it in parts."),
    Reason.NAME: _("The name of the file has signs that no name needs. Give it another name and choose it again."),
    Reason.NOT_ALLOWED: _(
        "This kind of file is not taken in. Choose a photo (JPEG, PNG, WebP, HEIC), PDF, DOCX or XLSX."
    ),
    Reason.NO_VOICE: _(
        "This is no voice note that we can check. Choose one in M4A, MP3 or WAV, as nearly every phone keeps it."
    ),
    Reason.NOT_WHAT_IT_SAYS: _("The file is not what its name says. Open it, save it anew and choose it again."),
    Reason.DAMAGED: _(
        "The file is damaged, or holds things that do not belong in it. Save it anew and choose it again."
    ),
    Reason.TOO_MANY_PIXELS: _("The picture has far more pixels than we can read. Make it smaller and choose it again."),
    Reason.TOO_MUCH: _("The file unfolds to far more than a file should. It was not taken in."),
    Reason.PASSWORD: _("The file is protected with a password. Save it without and choose it again."),
    Reason.MACROS: _("The file holds macros or controls: small programs. Save it without and choose it again."),
    Reason.INSIDE: _("There are other files inside this file. Take them out, or save it as PDF."),
    Reason.OUTSIDE: _(
        "The file fetches something from elsewhere when it is opened. Break the links, or save it as PDF."
    ),
    Reason.VIRUS: _("The virus scanner stopped this file. Tell the helpdesk, and do not open it yourself."),
    Reason.NO_SCANNER: _("The virus scanner does not answer, so no file can be taken in now. Try again later."),
    Reason.BUSY: _("Many files are being checked at this moment. Try again in a minute."),
    Reason.NOT_WRITTEN: _("The file could not be stored. Try again later, and tell the functional administrator."),
    Reason.TOO_MANY_THIS_HOUR: _("You sent many files within an hour. Try again later."),
    Reason.PERSON_FULL: _("You put in as much as one person can. Ask the functional administrator."),
    Reason.SUBJECT_FULL: _("As many documents belong to this as it can have. Nothing was added."),
}


def sentence(reason: Reason) -> str:
    """The sentence for people, in the language of the moment."""
    return str(SENTENCES[reason])
