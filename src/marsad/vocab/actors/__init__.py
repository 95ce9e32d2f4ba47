"""Who acts: states, organisations, armed groups and office-holders, named in five languages. See the headers of the data files."""

from marsad.vocab.actors.registry import Alias, Registry, load_registry

__all__ = ["Alias", "Registry", "load_registry"]
