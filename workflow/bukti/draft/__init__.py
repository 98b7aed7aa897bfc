"""From an author's draft to a compendium: nothing lost, nothing guessed, the unclear listed."""
