"""How a party's name bends in each language of the bulletin."""
