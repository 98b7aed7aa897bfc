"""Coded documents: exchange files, databases and sheets of coding tools, all to one record."""
