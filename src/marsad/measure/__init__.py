"""Events to dyad-weeks, the relation ladder, drivers, gains, spillover, movers."""

from marsad.measure.activity import levels, smoothed_levels
from marsad.measure.breaks import breaks
from marsad.measure.drivers import drivers
from marsad.measure.dyad_weeks import dyad_weeks
from marsad.measure.gains import gains
from marsad.measure.movers import movers
from marsad.measure.spillover import spillover
from marsad.measure.standing import highest, standings

__all__ = [
    "breaks",
    "drivers",
    "dyad_weeks",
    "gains",
    "highest",
    "levels",
    "movers",
    "smoothed_levels",
    "spillover",
    "standings",
]
