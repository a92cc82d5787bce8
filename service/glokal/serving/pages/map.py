"""What the template of the home page gets: the strategy at a glance, as a map."""

from dataclasses import dataclass

from glokal.serving.pages.model import Download, Evidence, Link


@dataclass(frozen=True)
class Branch:
    """A part of the strategy map: a thing and its parts under headings."""

    thing: Link
    verbatim: bool
    parts: tuple["Parts", ...] = ()
    reading: bool = False
    model: bool = False


@dataclass(frozen=True)
class Parts:
    """Things of one kind under a heading; ``none`` is what stands where there is none."""

    heading: str
    things: tuple[Link, ...]
    none: str = ""


@dataclass(frozen=True)
class StrategyMap:
    """A strategy at a glance, from the vision at the top to the ground at the foot.

    ``anchor`` is its fragment id on a page with several; ``vision`` is the strategy itself
    where it has none.
    """

    anchor: str
    strategy: Link
    kind: str
    vision: Branch
    period: str
    expired: bool
    hinge: Evidence | None
    columns: tuple[Branch, ...]
    mission: tuple[tuple[str, Branch], ...]
    ground: tuple[Parts, ...]


@dataclass(frozen=True)
class HomePage:
    """The map of each strategy of the publication, and its data as a whole.

    ``question`` leads to the query that gives the map, where the publication has one.
    """

    title: str
    maps: tuple[StrategyMap, ...]
    dumps: tuple[Download, ...]
    triples: int
    question: Link | None
    endpoint: str
