"""What an issue file binds to data: its roles and directives, parsed once, and their values over a week's tables.

``check`` recomputes what ``write`` sets and ``publish`` prints, so this room lies below all three. Reading a file is
light and stands here; ``values``, ``judgement`` and ``hypotheses`` bring tables and are imported where they are used.
"""

from marsad.binding.directives import DIRECTIVES, Directive, find_directives, readable
from marsad.binding.front import metadata
from marsad.binding.roles import ROLES, Role, find_roles, masked

__all__ = [
    "DIRECTIVES",
    "ROLES",
    "Directive",
    "Role",
    "find_directives",
    "find_roles",
    "masked",
    "metadata",
    "readable",
]
