"""blocks: source lines → the tree of blocks, each with its lines."""
