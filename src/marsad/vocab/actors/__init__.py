"""Who acts: states, organisations, armed groups and office-holders, named in five languages.

Where each file comes from stands in its header.
"""

from marsad.vocab.actors.registry import Alias, Registry, load_registry

__all__ = ["Alias", "Registry", "load_registry"]
