"""A company's `.pptx` as a look: its layouts, colours and fonts, read once and with suspicion."""
