"""read: a page's Markdown → `Document`."""
