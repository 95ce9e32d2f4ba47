"""Events to dyad-weeks, the relation ladder, drivers, gains, spillover, movers, the network, feeds side by side."""

from marsad.measure.activity import levels, smoothed_levels
from marsad.measure.agreement import agreement
from marsad.measure.breaks import breaks
from marsad.measure.drivers import drivers
from marsad.measure.dyad_weeks import dyad_week_acts, dyad_weeks
from marsad.measure.gains import gains
from marsad.measure.movers import movers, salience
from marsad.measure.network import alignments, positions, triads
from marsad.measure.predictability import predictability
from marsad.measure.spillover import spillover
from marsad.measure.standing import highest, standings

__all__ = [
    "agreement",
    "alignments",
    "breaks",
    "drivers",
    "dyad_week_acts",
    "dyad_weeks",
    "gains",
    "highest",
    "levels",
    "movers",
    "positions",
    "predictability",
    "salience",
    "smoothed_levels",
    "spillover",
    "standings",
    "triads",
]
