"""A clean draft to right-to-left HTML, PDF, e-book, Word file, e-mail and citations, and all issues to a site."""

from marsad.publish.archive import Finished, build_site
from marsad.publish.markdown import parse
from marsad.publish.render import render
from marsad.publish.search import index_pages

__all__ = ["Finished", "build_site", "index_pages", "parse", "render"]
