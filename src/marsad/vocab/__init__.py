"""Data only, each file with version and source, and the functions that load it."""
