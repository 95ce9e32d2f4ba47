"""Draft to findings; reads only, never repairs."""
