"""Names and sizes that mean harm, around a picture that means none."""

from bolwerk.documents.actions import Upload
from bolwerk.documents.cleaning.limits import MAXIMUM_BYTES
from bolwerk.documents.cleaning.outcome import Reason
from bolwerk.documents.tests.hostile import Hostile, Maker, harmless, refused
from bolwerk.documents.tests.hostile.pictures import drawn


def files() -> dict[str, Maker]:
    """All of them by name."""
    jpeg, name, wrong = drawn(), Reason.NAME, Reason.NOT_WHAT_IT_SAYS
    large = Upload("foto.jpg", "image/jpeg", jpeg + bytes(1000), MAXIMUM_BYTES + 1)
    return {
        "empty": lambda: refused("foto.jpg", b"", Reason.EMPTY),
        "too-large": lambda: Hostile(large, frozenset({Reason.TOO_LARGE})),
        "zero-byte-in-name": lambda: refused("foto.php\0.jpg", jpeg, name),
        "second-line-in-name": lambda: refused("foto\r\nSet-Cookie: x=1.jpg", jpeg, name),
        "read-backwards": lambda: refused("foto\u202egpj.exe.jpg", jpeg, name),
        "nothing-but-extension": lambda: refused(".jpg", jpeg, Reason.NOT_ALLOWED),
        "only-dots": lambda: refused("..", jpeg, name),
        "no-extension": lambda: refused("foto", jpeg, Reason.NOT_ALLOWED),
        "program": lambda: refused("foto.exe", jpeg, Reason.NOT_ALLOWED),
        "page-in-between": lambda: refused("foto.php.jpg", jpeg, wrong),
        "program-in-between": lambda: refused("factuur.exe.pdf", b"%PDF-1.7", wrong),
        "leads-upwards": lambda: harmless("../../../etc/cron.d/foto.jpg", jpeg),
        "of-another-system": lambda: harmless("C:\\windows\\system32\\foto.jpg", jpeg),
        "very-long": lambda: harmless("a" * 250 + ".jpg", jpeg),
    }
