"""Settings of documents: what may come in, how much of it, who may read it, and who looks at it first."""

from bolwerk.config import environment

FILE_UPLOAD_HANDLERS = ["bolwerk.documents.uploading.InMemory"]  # an upload is never on disk in the clear
DATA_UPLOAD_MAX_NUMBER_FILES = 20  # in one form

# The formats that may come in (`bolwerk.documents.cleaning.formats`): a municipality may take some away.
PHOTO_FORMATS = frozenset({"jpeg", "png", "webp", "heic"})
VOICE_FORMATS = frozenset({"m4a", "mp3", "wav"})
DOCUMENT_FORMATS = PHOTO_FORMATS | {"pdf", "docx", "xlsx"}

# How much may come in. Choices of Bolwerk: wide enough for a bad day, narrow enough that nobody fills a disk.
UPLOADS_AN_HOUR = 60  # files a person, refused ones included
DOCUMENTS_A_SUBJECT = 30
DOCUMENT_BYTES_A_PERSON = 1024**3  # of all documents together that somebody put in

# Kinds of document (photo, file) of which the file as it came in is kept as well, under lock and with its hash. Only
# where a law asks for it, such as evidence for a police report: it still holds the place and the camera.
DOCUMENT_ORIGINALS: frozenset[str] = frozenset()

DOCUMENT_LINK_SECONDS = 300  # how long the link to a file holds, within one session

# The virus scanner (ClamAV's clamd). Absent: files are checked and cleaned, and the screens say that nothing scans.
DOCUMENT_SCANNER = environment.read("BOLWERK_CLAMD")

# Who may read the documents of a subject, by the room it belongs to: (urn, kind=, person=, on=) -> bool. A room that is
# not here has no documents that anybody can read. `kind` is that of the document, or "original" for what came in.
DOCUMENT_READERS: dict[str, str] = {
    "incidents": "bolwerk.incidents.queries.may_read_documents",
    "circle": "bolwerk.circle.queries.documents.may_read_documents",
}

# Who may take a photo or a file away, by the same rooms and with the same arguments. A room that is not here: nobody.
DOCUMENT_REMOVERS: dict[str, str] = {
    "incidents": "bolwerk.incidents.queries.may_remove_documents",
    "circle": "bolwerk.circle.queries.documents.may_remove_documents",
}

# Of whom a document tells, by the same rooms: (urn) -> the processing activity, and the URNs of the people.
DOCUMENT_PEOPLE: dict[str, str] = {"incidents": "bolwerk.incidents.queries.people_in_documents"}

# How letters and reports look: the colour of headings, and families of fonts in the order in which they are tried. A
# municipality puts its logo in the first run, its fonts in <dir>/content/fonts, and its own layouts and texts in
# <dir>/content/letters.
LETTER_ACCENT = "#0a5560"
LETTER_FONTS = ["Libertinus Serif"]
