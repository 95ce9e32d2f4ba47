"""A clean draft to right-to-left HTML, PDF, e-book, Word file, e-mail and citations, and all issues to a site."""

from marsad.publish.archive import Finished, build_site
from marsad.publish.html import FONTS
from marsad.publish.markdown import parse
from marsad.publish.render import font, render, render_page
from marsad.publish.search import index_pages

__all__ = ["FONTS", "Finished", "build_site", "font", "index_pages", "parse", "render", "render_page"]
