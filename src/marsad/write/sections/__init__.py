"""The bulletin's sections, each a function that adds itself to the page."""
