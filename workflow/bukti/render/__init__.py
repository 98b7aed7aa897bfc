"""A resolved tree as PDF, DOCX and HTML: the same paper, the same words, in three formats."""
