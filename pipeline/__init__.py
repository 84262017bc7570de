"""Documentation Markdown in; a deck, a handout and a comparison sheet out, and the proof that nothing was lost."""
