"""slides: the slides that a deck adds round the page's content."""
