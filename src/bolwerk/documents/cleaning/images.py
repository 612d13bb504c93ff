"""Pictures: decoded, turned the right way up, made smaller, and written anew as JPEG without anything else in them."""

from io import BytesIO
from math import sqrt
from typing import Any

import pillow_heif
from PIL import Image, ImageCms

from bolwerk.documents.cleaning import limits
from bolwerk.documents.cleaning.outcome import Cleaned, FileRefusedError, Reason

READ_AS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
QUALITY = 88
SUBSAMPLED = "4:2:0"  # as cameras do
UNSUBSAMPLED = "4:4:4"  # for PNG: coloured letters in a screenshot stay sharp
ORIENTATION = 0x0112
# How a picture is turned upright again, by what its EXIF orientation says (Exif 2.3, 4.6.4, tag 274).
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

pillow_heif.register_heif_opener(thumbnails=False)
pillow_heif.options.DECODE_THREADS = 1
SCREEN = ImageCms.createProfile("sRGB")
Image.MAX_IMAGE_PIXELS = None  # our own limits are lower, and come as a reason instead of a warning


def clean(data: bytes, code: str) -> Cleaned:
    """Return the picture as a plain JPEG with a thumbnail. Raises FileRefusedError; anything else means damaged."""
    with Image.open(BytesIO(data), formats=[READ_AS[code]]) as opened:
        _check_size(opened, limits.PIXELS["progressive" if "progressive" in opened.info else code])
        if code == "jpeg":
            opened.draft("RGB", _fitting(opened.size))
        orientation = opened.getexif().get(ORIENTATION, 1)
        upright = _upright(_smaller(opened), orientation)
        plain = _on_white(_for_screens(upright, opened.info.get("icc_profile")))
    thumbnail = plain.copy()
    thumbnail.thumbnail((limits.THUMBNAIL_SIDE, limits.THUMBNAIL_SIDE))
    sampling = UNSUBSAMPLED if code == "png" else SUBSAMPLED
    return Cleaned(_jpeg(plain, sampling), "jpeg", _jpeg(thumbnail, SUBSAMPLED), *plain.size)


def rehearse() -> None:
    """Clean a picture of our own: what the libraries load when they are first used is there before the fence closes."""
    Image.init()
    out = BytesIO()
    profile = ImageCms.ImageCmsProfile(SCREEN).tobytes()
    Image.new("RGBA", (2, 2)).convert("P").save(out, "PNG", icc_profile=profile, transparency=0)
    clean(out.getvalue(), "png")
    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "JPEG", icc_profile=profile)
    clean(out.getvalue(), "jpeg")


def _check_size(picture: Image.Image, most: int) -> None:
    width, height = picture.size
    if width * height > most:
        raise FileRefusedError(Reason.TOO_MANY_PIXELS)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size with the same proportions and at most KEPT_PIXELS pixels."""
    width, height = size
    factor = min(1.0, sqrt(limits.KEPT_PIXELS / (width * height)))
    return max(1, round(width * factor)), max(1, round(height * factor))


def _smaller(picture: Image.Image) -> Image.Image:
    """The first (or only) picture of the file, at most KEPT_PIXELS large and in a mode that is easy to work with."""
    fitting = _fitting(picture.size)
    if picture.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        see_through = "transparency" in picture.info or "A" in picture.mode or "a" in picture.mode
        picture = _converted(picture, "RGBA" if see_through else "RGB")
    if picture.size == fitting:
        return picture
    return picture.resize(fitting, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Turned as the camera says that it was held."""
    turn = TURNS.get(orientation)
    return picture.transpose(turn) if turn is not None else picture


def _converted(picture: Image.Image, mode: str) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":  # more than eight bits of grey
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture.convert(mode)


def _for_screens(picture: Image.Image, profile: Any) -> Image.Image:
    """The colours as every screen shows them. A profile that cannot be read is left out."""
    if not profile or picture.mode != "RGB":
        return picture
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, SCREEN, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """A new picture with the pixels and nothing else: comments, places and profiles stay with the old one."""
    plain = Image.new("RGB", picture.size, "white")
    plain.paste(picture.convert("RGB"), mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return plain


def _jpeg(picture: Image.Image, sampling: str) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, subsampling=sampling)
    return out.getvalue()
