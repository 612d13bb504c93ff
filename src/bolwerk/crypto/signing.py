"""The key with which this installation signs what it publishes, and checking what others signed: Ed25519 (RFC 8032).

The key lies in a file of its own beside the key ring: in no backup, for its owner only. Who loses it makes a new one,
and everybody who trusted the old one compares a fingerprint anew (ADR 35).
"""

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from bolwerk.crypto.keyfile import OWNER_ONLY

FORMAT = 1
ABOUT = "The key with which this installation signs. Whoever has it can publish in its name. Keep a copy with the ring."
PUBLIC_BYTES = 32
GROUP = 4  # characters of a fingerprint that are read out at once
SHOWN = 40  # characters: 160 bits, as nobody makes a second key with the same ones


class SigningKeyUnreadableError(Exception):
    """The file is there but holds no signing key."""

    def __init__(self, file: Path) -> None:
        told = _("%(file)s is no signing key of this version: bring the file back from its copy.")
        super().__init__(told % {"file": file})


@dataclass(frozen=True)
class Signer:
    """The own key: its public half in hexadecimals, and signing."""

    key: SigningKey = field(repr=False)
    made_at: datetime

    @property
    def public(self) -> str:
        """The public half, 64 hexadecimals."""
        return bytes(self.key.verify_key).hex()

    def sign(self, data: bytes) -> str:
        """The signature over these bytes, 128 hexadecimals."""
        return self.key.sign(data).signature.hex()


def own_signer(*, at: datetime) -> Signer:
    """The key of this installation; made the first time that it is asked for. Raises SigningKeyUnreadableError."""
    file = Path(settings.BOLWERK_SIGNING_KEY_FILE)
    if not file.exists():
        _make(file, at=at)
    return _read(file)


def _make(file: Path, *, at: datetime) -> None:
    """Write a fresh key whole or not at all; when another process was first, its key stays."""
    data = {"about": ABOUT, "format": FORMAT, "secret": b64encode(bytes(SigningKey.generate())).decode()}
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as out:
        json.dump(data | {"made_at": at.isoformat()}, out, indent=2)
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _read(file: Path) -> Signer:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        secret = b64decode(data["secret"], validate=True) if data["format"] == FORMAT else b""
        return Signer(SigningKey(secret), made_at=datetime.fromisoformat(data["made_at"]))
    except (ValueError, KeyError, TypeError):
        raise SigningKeyUnreadableError(file) from None


def is_signed(data: bytes, *, public: str, signature: str) -> bool:
    """Whether the holder of this public key signed exactly these bytes."""
    try:
        VerifyKey(bytes.fromhex(public)).verify(data, bytes.fromhex(signature))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def fingerprint(public: str) -> str:
    """What two people read to each other to compare a public key: forty hexadecimals in groups of four."""
    told = sha256(bytes.fromhex(public)).hexdigest()[:SHOWN]
    return " ".join(told[start : start + GROUP] for start in range(0, SHOWN, GROUP))
