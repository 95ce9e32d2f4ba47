"""A clean draft to right-to-left HTML and PDF."""
