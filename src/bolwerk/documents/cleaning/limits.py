"""What the cleaning of one file may take. Issue 3 asks: within 5 seconds, 300 MiB, and no temporary file left."""

import resource
from contextlib import suppress

SECONDS = 4.5  # on the clock, from start to answer; then it is killed
CPU_SECONDS = 4
DATA_BYTES = 232 * 1024**2  # memory of its own; with the libraries that it shares it stays below 300 MiB
ADDRESS_BYTES = 1024**3  # a second fence, for what the first does not count
MAXIMUM_BYTES = 20 * 1024**2  # of an upload: five minutes of scanning, twenty photos of a phone made small
MAXIMUM_OUT_BYTES = 24 * 1024**2  # of an answer: a cleaned file is hardly ever larger than it was
# A plain JPEG is read at a fraction of its size, so the largest phones may send theirs; what must be read whole fits in
# the memory above: 24 megapixels is what phones make by default, 14.7 is the largest common screen.
PIXELS = {"jpeg": 64_000_000, "progressive": 25_000_000, "heic": 25_000_000, "png": 16_000_000, "webp": 16_000_000}
KEPT_PIXELS = 5_000_000  # 2580 by 1938: a page of text in a photo can be read, and it weighs about a megabyte
THUMBNAIL_SIDE = 480  # pixels; shown at half of that on a sharp screen
PDF_PAGES = 500
PDF_OBJECTS = 100_000
UNFOLDED_BYTES = 100 * 1024**2  # what the parts of a PDF or an Office file may unfold to together
ARCHIVE_PARTS = 2_000


def fence() -> None:
    """Fence in this very process: from now on it opens no file, no socket and no process, and writes to no disk.

    Call it when everything that is needed was imported. Limits that this system does not know are passed over.
    """
    fences = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 0,  # what is open stays open; nothing else can be opened any more
        resource.RLIMIT_DATA: DATA_BYTES,
        resource.RLIMIT_AS: ADDRESS_BYTES,
        getattr(resource, "RLIMIT_NPROC", resource.RLIMIT_CORE): 0,
    }
    for kind, most in fences.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
