"""layouts: pieces → measured elements, and the arrangements that a slide can have."""
