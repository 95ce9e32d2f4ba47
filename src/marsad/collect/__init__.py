"""Fetch reports and coded events as they are: raw bytes, checksum, licence; interpret nothing."""
