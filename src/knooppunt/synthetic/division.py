"""How the fictional municipality is divided: neighbourhoods in districts, and which streets lie in which of them.

Neighbourhoods stand on a lattice of triangles that chance has shaken, the first in the middle. The larger the
municipality, the more streets one has: six in a village, twenty-six in a city. Business parks and hamlets have streets
of their own and lie at the edge; few people live there, so what is counted there stays small.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from random import Random

from knooppunt.synthetic.model import MUNICIPALITY_CODE, Kind, Neighbourhood
from knooppunt.synthetic.names import estate_name, hamlet_name, neighbourhood_name
from knooppunt.synthetic.street_kinds import STREET_M, STREET_PITCH_M, STREETS_IN_BLOCK, street_kind

CENTRE = (143_000.0, 506_000.0)  # RD metres
WIGGLE = 35.0  # metres that a border bends east or north, at most
_CLEAR = 12.0  # metres between the last house and the border, at least
ROOM = WIGGLE * math.sqrt(2) + _CLEAR
_SHAKEN = 0.11  # of the distance between neighbours
_SIDE_M = 42.0  # from the axis of a street to the back of the deepest building
_ONE_COLUMN = 8  # streets; more lie in two columns
_LEAST_STREETS, _MOST_STREETS = 6, 26
_RESIDENTS_PER_STREET = 105
_SPARE = 1.5  # times as many streets are planned as are needed
_ESTATE_EVERY, _HAMLET_EVERY, _HAMLET_PLACE = 6, 4, 12  # blocks, and the place of the hamlet's street in its block
_LAST_APART = 100  # of the blocks: a city does not get ever more hamlets
_MOST_IN_DISTRICT = 25
_CITY = 100_000  # residents: from here on the middle is as urban as can be
_GOLDEN = math.pi * (3 - math.sqrt(5))

Point = tuple[float, float]


class Division:
    """The neighbourhoods of a municipality of so many residents. The same residents and seed give the same ones."""

    def __init__(self, residents: int, *, seed: int) -> None:
        self._chance = Random(f"division {residents} {seed}")  # noqa: S311 (fiction, no secrets)
        needed = residents // _RESIDENTS_PER_STREET
        self.streets_each = max(_LEAST_STREETS, min(_MOST_STREETS, round(math.sqrt(residents) / 11)))
        self._of: dict[int, int] = {}
        self._place: dict[int, int] = {}
        self.planned = round(needed * _SPARE) + STREETS_IN_BLOCK  # streets
        streets = self._dealt(self.planned)
        near = sum(1 for own in streets if own[0] < needed)
        self.distance = 2 * (reach(self.streets_each + 1) + ROOM) / (1 - 2 * _SHAKEN)
        spots = self._spots(streets, near)
        districts = _districts(spots[:near])
        self.all = [*self._named(streets, spots, districts, residents)]

    def of(self, street: int) -> Neighbourhood:
        """The neighbourhood that a street lies in."""
        return self.all[self._of[street]]

    def place(self, street: int) -> Point:
        """Where a street begins, in metres east and north of the middle of its neighbourhood, before it is turned."""
        size, place = self.of(street).streets, self._place[street]
        columns, rows = _grid(size)
        column, row = divmod(place, rows)
        return (column - columns / 2) * (STREET_M + 20) + 10, (row - (rows - 1) / 2) * STREET_PITCH_M

    def _dealt(self, number: int) -> list[list[int]]:
        """Deal so many streets to neighbourhoods, in order of their first street."""
        dealt: list[list[int]] = []
        apart: dict[str, list[int]] = {}
        room = 0
        for street in range(number):
            if kept := _apart(street):
                if kept not in apart:
                    dealt.append(apart.setdefault(kept, []))
                apart[kept].append(street)
                continue
            if not room:
                own: list[int] = []
                dealt.append(own)
                room = self.streets_each + self._chance.choice((-1, 0, 1))
            own.append(street)
            room -= 1
        for index, streets in enumerate(dealt):
            self._of |= dict.fromkeys(streets, index)
            self._place |= {street: place for place, street in enumerate(streets)}
        return dealt

    def _spots(self, streets: list[list[int]], near: int) -> list[Point]:
        """A place for each neighbourhood: those of their own at the edge, in all directions, the others by turn."""
        lattice = self._lattice(len(streets) * 2 + 20)
        edge = lattice[near - sum(bool(_apart(own[0])) for own in streets[:near]) :]
        kept: dict[int, Point] = {}
        for turn, index in enumerate(index for index, own in enumerate(streets) if _apart(own[0])):
            first = edge[: max(8, round(2 * math.sqrt(near)))]
            way = turn * _GOLDEN * 2 + 1.0
            kept[index] = max(first, key=lambda at: at[0] * math.cos(way) + at[1] * math.sin(way))
            edge.remove(kept[index])
        taken = set(kept.values())
        free = iter([at for at in lattice if at not in taken])
        spots = [kept.get(index) or next(free) for index in range(len(streets))]
        return [self._shaken(at) for at in spots]

    def _lattice(self, number: int) -> list[Point]:
        """So many corners of a lattice of triangles with sides of one, those in the middle first, the rest about so."""
        most = math.isqrt(number) + 4
        corners = [
            (column + (row % 2) / 2, row * math.sqrt(0.75))
            for row in range(-most, most + 1)
            for column in range(-most, most + 1)
        ]
        far = {at: math.hypot(at[0] * 0.9, at[1] * 1.15) + self._chance.random() * 0.4 for at in corners}
        return sorted(corners, key=lambda at: (at != (0.0, 0.0), far[at]))[:number]

    def _shaken(self, at: Point) -> Point:
        way, far = self._chance.random() * math.tau, math.sqrt(self._chance.random()) * _SHAKEN
        x, y = at[0] + far * math.cos(way), at[1] + far * math.sin(way)
        return CENTRE[0] + x * self.distance, CENTRE[1] + y * self.distance

    def _named(
        self, streets: list[list[int]], spots: list[Point], districts: list[int], residents: int
    ) -> Iterator[Neighbourhood]:
        names = {"estate": map(estate_name, range(1_000)), "hamlet": map(hamlet_name, range(1_000))}
        usual = map(neighbourhood_name, range(10_000))
        within: dict[int, int] = defaultdict(int)
        for index, (own, (x, y)) in enumerate(zip(streets, spots, strict=True)):
            known = [math.dist((x, y), spot) for spot in spots[: len(districts)]]
            district = districts[known.index(min(known))]
            kind = _apart(own[0]).partition(" ")[0]
            code = f"{MUNICIPALITY_CODE}{district:02}{within[district]:02}"
            within[district] += 1
            urbanity = 5 if kind else _urbanity(index / len(districts), residents)
            turn = (self._chance.random() - 0.5) * 1.2
            yield Neighbourhood(code, next(names.get(kind, usual)), urbanity, x, y, turn, len(own))


def _apart(street: int) -> str:
    """The business park or hamlet that a street makes, alone or with others of its block; nothing for most streets."""
    block, place = divmod(street, STREETS_IN_BLOCK)
    kind = street_kind(street)
    if block > _LAST_APART:
        return ""
    if kind is Kind.BUSINESS and block % _ESTATE_EVERY == 0:
        return f"estate {block}"
    if kind is Kind.DETACHED and block % _HAMLET_EVERY == 0 and place == _HAMLET_PLACE:
        return f"hamlet {block}"
    return ""


def _grid(streets: int) -> tuple[int, int]:
    """How many columns and rows so many streets lie in."""
    columns = 1 if streets <= _ONE_COLUMN else 2
    return columns, math.ceil(streets / columns)


def reach(streets: int) -> float:
    """From the middle of a neighbourhood to the farthest corner of what is built there, in metres."""
    columns, rows = _grid(streets)
    return math.hypot(columns * (STREET_M + 20) / 2, (rows - 1) / 2 * STREET_PITCH_M + _SIDE_M)


def _urbanity(far: float, residents: int) -> int:
    """The class of CBS (1: very urban, 5: not) of a neighbourhood by how far out it lies: 0 the middle, 1 the edge."""
    most = 1 if residents >= _CITY else 2
    return most + (far > 0.25) + (far > 0.7)


def _districts(spots: list[Point]) -> list[int]:
    """The district of each spot: the municipality cut in two across its length, and again, until it is enough."""
    number = max(2, round(math.sqrt(len(spots)) * 0.9), math.ceil(len(spots) / _MOST_IN_DISTRICT))
    of: dict[int, int] = {}
    waiting = [(list(range(len(spots))), number)]
    done = 0
    while waiting:
        those, parts = waiting.pop(0)
        if parts == 1:
            of |= dict.fromkeys(those, done)
            done += 1
            continue
        wide = [max(spots[one][axis] for one in those) - min(spots[one][axis] for one in those) for axis in (0, 1)]
        axis = int(wide[1] > wide[0])
        those.sort(key=lambda one: spots[one][axis])
        first = parts // 2
        cut = round(len(those) * first / parts)
        waiting += [(those[:cut], first), (those[cut:], parts - first)]
    return [of[place] for place in range(len(spots))]
