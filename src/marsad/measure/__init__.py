"""Events to dyad-weeks, the relation ladder, drivers, gains, spillover, movers."""
