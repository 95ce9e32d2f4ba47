"""The rules, by family. Each is a function with its reason in the docstring; `catalogue.CHECKS` lists them."""
