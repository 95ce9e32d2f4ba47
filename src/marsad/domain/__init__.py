"""Words of the field as frozen values and enums. No I/O, no libraries beyond Arrow's types."""
