"""Invented suggestions and answers for the clock."""

from __future__ import annotations

TITLES = ["Lamps", "Benches", "Bins", "Trees", "Crossing"]

_LAMPS = """\
The lamp by the church has been dark since June
Put lamps where the steps are
More light on the path home
The light at the bus stop flickers
Lamps that come on when somebody walks by
It is too dark by the gate
Brighter lamps near the school
Mend the broken lamp on the corner
""".splitlines()

_BENCHES = """\
My mother needs a bench half way
Benches with backs, please
A seat in the shade
The bench by the shop is broken
More places to sit for old people
Put a bench near the stop
Benches that face one another
Somewhere to sit and eat
""".splitlines()

_BINS = """\
The bins are full every Sunday
Another bin by the playground
Foxes open the bins at night
Empty the bins more often
A bin for dog mess at the gate
Bins with lids would help
Recycling bins beside the others
There is rubbish round the bins
""".splitlines()

_TREES = """\
Plant a tree where the old one fell
Fruit trees for everybody
The roots lift the paving by the trees
Water the young trees in summer
More trees along the wall
Trees would keep it cool
Cut the tree that hides the sign
Ask children to plant a tree
""".splitlines()

_CROSSING = """\
A zebra crossing at the school gate
Cars do not stop at the crossing
The crossing light is too short
Move the crossing nearer to the shop
A crossing for wheelchairs
Slow the cars before the crossing
Paint the crossing again
There should be a crossing on the hill
""".splitlines()

_WHAT = """\
a bench
a lamp
a crossing
the bins
young trees
the bus
the library
a playground
the market
cheap rooms
""".splitlines()

_WHERE = """\
by the school
on the hill
near the station
in the park
by the canal
on the high street
behind the church
at the surgery
""".splitlines()

_WISH = """\
We need {} {}
Please see to {} {}
My street has waited for {} {}
Old people would use {} {}
Think of {} {}
Children ask for {} {}
""".splitlines()

_WHY = """\
because it is dark in winter
since the shop closed
so that my mother can come
and ask us first
before somebody falls
as you did elsewhere
with the money that is left
for those who work late
when the weather is bad
now that more families live here
""".splitlines()

#: In turns, as they come in: the first of each, the second of each.
SAYINGS = [said for five in zip(_LAMPS, _BENCHES, _BINS, _TREES, _CROSSING, strict=True) for said in five]

ANSWERS = [
    "We will mend the three lamps that are broken by the end of May. "
    "We will put two new lamps at the steps in July. "
    "You can see the dates on this page.",
    "Four benches with backs will stand on the square in June. "
    "One of them will be in the shade of the wall. "
    "We asked the library friends where they should stand.",
    "From April the bins are emptied on Saturday and on Sunday. "
    "The two by the gate get lids. "
    "If foxes still open them, tell us here.",
    "Twelve young trees are planted in November, four of them with fruit. "
    "Neighbours will water them, and we pay for the water. "
    "The tree that hides the sign is cut back this month.",
    "We will paint the crossing again in May. "
    "The light will be green for six seconds longer. "
    "A crossing on the hill needs a count of cars first, and we count in June.",
]


def many(count: int) -> list[str]:
    """So many invented suggestions, no two the same."""
    made = [f"{wish.format(what, where)} {why}" for why in _WHY for where in _WHERE for wish in _WISH for what in _WHAT]
    return made[:count]
