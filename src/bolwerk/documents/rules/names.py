"""Names of files as people gave them. They are shown, never used: where a file lies has nothing to do with its name."""

import re
import unicodedata

from bolwerk.documents.cleaning.formats import UNKNOWN_TYPES, Format, format_named
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason

LONGEST = 100  # signs shown; a file system takes 255
# What a machine would run or a browser would show as a page. As a last-but-one extension it is meant to mislead.
ACTIVE = frozenset(
    (
        *("exe", "com", "scr", "pif", "bat", "cmd", "msi", "msp", "dll", "jar", "app", "apk", "iso", "img"),
        *("js", "jse", "mjs", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "sh", "bash", "py", "pl"),
        *("php", "php5", "phtml", "asp", "aspx", "jsp", "cgi", "htm", "html", "xhtml", "shtml", "svg", "xml", "xsl"),
        *("lnk", "url", "reg", "inf", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm"),
    )
)
# Signs that are not seen, or that turn the reading order round: "gpj.exe" would read as "exe.jpg".
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def shown_name(given: str) -> str:
    """The name as it is shown: without folders, at most LONGEST signs, the extension kept.

    Raises FileRefusedError (NAME) when there is nothing to show, or when it has signs that no name needs.
    """
    if UNSEEN.search(given):
        raise FileRefusedError(Reason.NAME)
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1].strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not name or (dot and not stem.strip(" .")):
        raise FileRefusedError(Reason.NAME)
    return f"{stem[: LONGEST - len(extension) - 1]}.{extension}" if dot else name[:LONGEST]


def declared_format(*, name: str, media_type: str, allowed: frozenset[str]) -> Format:
    """The format that the name and the media type say that a file has. Raises FileRefusedError.

    NOT_ALLOWED when the extension is none of the allowed formats; NOT_WHAT_IT_SAYS when name and media type disagree,
    or when an extension before the last one is meant to mislead.
    """
    *before, extension = name.lower().split(".")
    declared = format_named(extension)
    if not before or declared is None or declared.code not in allowed:
        raise FileRefusedError(Reason.NOT_ALLOWED)
    plain_type = media_type.split(";", 1)[0].strip().lower()
    misleads = bool(ACTIVE & {part.strip() for part in before[1:]})
    if misleads or plain_type not in declared.media_types | UNKNOWN_TYPES:
        raise FileRefusedError(Reason.NOT_WHAT_IT_SAYS)
    return declared
