"""The structure of a chapter: what pandoc lets pass without a word and no author means."""
