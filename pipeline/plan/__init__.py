"""plan: `Document` → `Plans`. Pure: same document, same plans."""
