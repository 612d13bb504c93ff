"""Which businesses there are: SBI 2008 classes with their titles, and how often each is met where.

Four digits on purpose: SBI 2025 only has codes of five, so nobody can take one for the other.
"""

from typing import NamedTuple


class Trade(NamedTuple):
    """One kind of business: code, title, and weights on shop floors, in offices, in halls and at home."""

    sbi: str
    title: str
    shop: float = 0
    office: float = 0
    hall: float = 0
    home: float = 0


TRADES = (
    Trade("0111", "Teelt van granen"),
    Trade("4711", "Supermarkten", shop=5),
    Trade("4719", "Warenhuizen", shop=2),
    Trade("4722", "Winkels in vlees en vleeswaren", shop=4),
    Trade("4725", "Winkels in dranken", shop=3),
    Trade("4726", "Winkels in tabaksproducten", shop=3),
    Trade("4742", "Winkels in telecommunicatieapparatuur", shop=1),
    Trade("4752", "Winkels in doe-het-zelfartikelen", shop=3, hall=2),
    Trade("4759", "Winkels in meubels en huishoudelijke artikelen", shop=5, hall=2),
    Trade("4761", "Winkels in boeken", shop=2),
    Trade("4764", "Winkels in fietsen en sportartikelen", shop=4),
    Trade("4771", "Winkels in kleding en mode-artikelen", shop=6),
    Trade("4772", "Winkels in schoenen en lederwaren", shop=4),
    Trade("4773", "Apotheken", shop=2),
    Trade("4775", "Winkels in parfums en cosmetica", shop=3),
    Trade("4776", "Winkels in bloemen en planten", shop=4),
    Trade("4777", "Winkels in juweliersartikelen en uurwerken", shop=1),
    Trade("4778", "Winkels in overige artikelen", shop=5),
    Trade("4779", "Winkels in antiek en tweedehands goederen", shop=3, home=1),
    Trade("5610", "Restaurants", shop=6),
    Trade("5621", "Eventcatering", shop=1, hall=2, home=2),
    Trade("5630", "Cafés", shop=4),
    Trade("7911", "Reisbemiddeling", shop=2, office=1),
    Trade("9602", "Haar- en schoonheidsverzorging", shop=5, home=3),
    Trade("9604", "Sauna's, solaria, baden", shop=1),
    Trade("9511", "Reparatie van computers", shop=2, home=1),
    Trade("9313", "Fitnesscentra", shop=2, hall=2),
    Trade("6201", "Ontwikkelen van software", office=8, home=8),
    Trade("6420", "Financiële holdings", office=5, home=6),
    Trade("6622", "Assurantietussenpersonen", office=3, home=1),
    Trade("6820", "Verhuur van onroerend goed", office=4, home=3),
    Trade("6831", "Bemiddeling bij onroerend goed", office=4, shop=2),
    Trade("6910", "Rechtskundige dienstverlening", office=4, home=1),
    Trade("6920", "Accountancy en administratie", office=6, home=3),
    Trade("7022", "Organisatie-advies", office=9, home=14),
    Trade("7111", "Architecten, ingenieurs en technisch advies", office=6, home=4),
    Trade("7311", "Reclamebureaus", office=5, home=5),
    Trade("7410", "Industrieel ontwerp en vormgeving", office=3, home=5),
    Trade("7420", "Fotografie", home=4, office=1),
    Trade("7820", "Uitzendbureaus", office=3),
    Trade("8010", "Particuliere beveiliging", office=2, home=1),
    Trade("8121", "Interieurreiniging van gebouwen", office=2, hall=2, home=4),
    Trade("8553", "Auto- en motorrijscholen", home=3),
    Trade("8559", "Overig onderwijs", office=2, home=5),
    Trade("8691", "Praktijken van paramedici", office=5, home=3),
    Trade("8810", "Maatschappelijke dienstverlening zonder overnachting", office=3, home=3),
    Trade("9001", "Podiumkunst en -vermaak", home=5),
    Trade("4120", "Burgerlijke en utiliteitsbouw", hall=6, home=5),
    Trade("4321", "Elektrotechnische bouwinstallatie", hall=4, home=3),
    Trade("4334", "Schilderen en glaszetten", hall=3, home=4),
    Trade("4511", "Handel in personenauto's", hall=5),
    Trade("4520", "Gespecialiseerde reparatie van auto's", hall=6),
    Trade("4540", "Handel in en reparatie van motorfietsen", hall=2),
    Trade("4639", "Groothandel in voedingsmiddelen", hall=5),
    Trade("4669", "Groothandel in machines", hall=6),
    Trade("4690", "Niet-gespecialiseerde groothandel", hall=5),
    Trade("4941", "Goederenvervoer over de weg", hall=6, home=1),
    Trade("5210", "Opslag", hall=5),
    Trade("5320", "Koeriers", hall=3, home=4),
    Trade("2562", "Algemene metaalbewerking", hall=5),
    Trade("3109", "Vervaardiging van meubels", hall=4),
    Trade("3312", "Reparatie van machines", hall=4),
    Trade("1071", "Vervaardiging van brood", hall=3, shop=2),
    Trade("7711", "Verhuur van personenauto's", hall=1),
)

BY_CODE = {trade.sbi: trade for trade in TRADES}
