"""typeset: fonts, shaping, widths and line breaking, under plan and write."""
