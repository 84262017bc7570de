"""verify: files → what they carry → `Report`. Shares no code with write."""
