"""The list of sources, `references.bib`: its entries with their places, and what is wrong."""
