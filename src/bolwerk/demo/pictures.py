"""Pictures of Zilverdam, drawn: nobody and nothing in them exists."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from bolwerk.incidents.rules import Channel

SIZE = (1600, 1200)
WALL, FLOOR, WOOD, DARK, RED, WHITE = "#dfe5e3", "#b9c2c0", "#b98a5a", "#2b3a40", "#b03a2e", "#ffffff"
Pen = ImageDraw.ImageDraw


def _desk(pen: Pen) -> None:
    """A desk with a cracked screen between visitor and colleague."""
    pen.rectangle((0, 900, 1600, 1200), fill=FLOOR)
    pen.rectangle((120, 640, 1480, 1010), fill=WOOD)
    pen.rectangle((180, 190, 1420, 640), fill="#cfe3e8", outline=DARK, width=8)
    for x, y in ((520, 210), (960, 260), (1030, 520), (760, 630), (480, 560), (300, 400)):
        pen.line((700, 410, x, y), fill=WHITE, width=7)
    pen.ellipse((668, 378, 732, 442), outline=WHITE, width=7)
    pen.rectangle((1180, 690, 1380, 790), fill=WHITE, outline=DARK, width=5)
    pen.text((1208, 712), "Balie", fill=DARK, font_size=48)


def _room(pen: Pen) -> None:
    """A meeting room with a chair thrown over and a kicked door."""
    pen.rectangle((0, 860, 1600, 1200), fill=FLOOR)
    pen.rectangle((1040, 200, 1420, 1010), fill=WOOD, outline=DARK, width=6)
    pen.ellipse((1340, 600, 1376, 636), fill=DARK)
    pen.polygon([(1130, 760), (1230, 720), (1290, 810), (1190, 880)], outline=DARK, fill="#8f6842", width=4)
    pen.rectangle((220, 700, 760, 740), fill=WOOD, outline=DARK, width=4)
    pen.line((280, 740, 280, 980), fill=DARK, width=14)
    pen.line((700, 740, 700, 980), fill=DARK, width=14)
    pen.polygon([(420, 1050), (640, 1000), (660, 1050), (440, 1100)], fill=RED, outline=DARK, width=4)
    pen.line((640, 1000, 700, 890), fill=DARK, width=12)


def _message(pen: Pen) -> None:
    """A message on a telephone."""
    pen.rounded_rectangle((470, 40, 1130, 1160), radius=60, fill=DARK)
    pen.rounded_rectangle((500, 110, 1100, 1090), radius=20, fill="#eef3f2")
    pen.text((540, 140), "Onbekend nummer", fill=DARK, font_size=40)
    lines = ("Jij hebt mijn aanvraag", "afgewezen. Ik weet hoe", "laat je vrij bent.")
    pen.rounded_rectangle((540, 240, 1040, 470), radius=24, fill=WHITE)
    for number, line in enumerate(lines):
        pen.text((564, 262 + number * 64), line, fill=DARK, font_size=40)
    pen.text((564, 486), "16.58", fill="#5d6b70", font_size=30)


def _street(pen: Pen) -> None:
    """A car of the municipality with a scratch from end to end."""
    pen.rectangle((0, 820, 1600, 1200), fill="#9aa5a3")
    pen.rounded_rectangle((180, 560, 1420, 880), radius=60, fill=WHITE, outline=DARK, width=6)
    pen.polygon([(420, 560), (560, 370), (1060, 370), (1200, 560)], fill="#cfe3e8", outline=DARK, width=6)
    for x in (400, 1080):
        pen.ellipse((x, 780, x + 180, 960), fill=DARK)
    pen.line((230, 700, 620, 660, 900, 730, 1370, 680), fill=RED, width=9)


SCENES: dict[Channel, Callable[[Pen], None]] = {
    Channel.DESK: _desk,
    Channel.MEETING_ROOM: _room,
    Channel.PHONE: _message,
    Channel.MAIL: _message,
    Channel.SOCIAL_MEDIA: _message,
    Channel.STREET: _street,
    Channel.HOME_VISIT: _street,
}


def photo(channel: Channel) -> bytes:
    """A picture of what was left after an incident there, as a phone would send it."""
    picture = Image.new("RGB", SIZE, WALL)
    SCENES.get(channel, _desk)(ImageDraw.Draw(picture))
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def logo() -> bytes:
    """The coat of Zilverdam: a dam with a house behind it, and water."""
    picture = Image.new("RGB", (620, 160), WHITE)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((8, 8, 152, 152), radius=28, fill="#0a5560")
    pen.polygon([(38, 88), (80, 46), (122, 88)], fill=WHITE)
    pen.rectangle((52, 84, 108, 106), fill=WHITE)
    for y in (116, 130):
        pen.line((30, y, 55, y - 6, 80, y, 105, y - 6, 130, y), fill="#8fd0cf", width=6)
    pen.text((180, 34), "Gemeente", fill="#55646a", font_size=34)
    pen.text((178, 70), "Zilverdam", fill="#0a5560", font_size=60)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def leaflet() -> bytes:
    """A leaflet to leave on a kitchen table, as PNG."""
    page = Image.new("RGB", (900, 640), WHITE)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, 900, 120), fill="#0a5560")
    pen.text((40, 34), "Er is iets gebeurd. En nu?", fill=WHITE, font_size=48)
    lines = (
        "1  Bel ons, ook 's avonds: 06-00000042",
        "2  Doe aangifte samen met een collega",
        "3  Wij bellen na een week",
    )
    for number, line in enumerate(lines):
        pen.text((40, 180 + number * 90), line, fill=DARK, font_size=36)
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def flip_chart() -> bytes:
    """A flip chart after a meeting, with two people beside it of whom one sees the back, as PNG."""
    page = Image.new("RGB", (1200, 900), WALL)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 700, 1200, 900), fill=FLOOR)
    pen.rectangle((430, 90, 800, 640), fill=WHITE, outline=DARK, width=6)
    for number, line in enumerate(("Bel dezelfde dag", "Vaste zin balie", "Wie tekent?")):
        pen.text((460, 140 + number * 120), line, fill=DARK, font_size=40)
    for x, coat in ((230, "#0a5560"), (980, WOOD)):
        pen.ellipse((x - 55, 250, x + 55, 370), fill="#c98f6b")
        pen.rounded_rectangle((x - 110, 380, x + 110, 800), radius=60, fill=coat)
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
