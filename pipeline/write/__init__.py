"""write: plans → the bytes of .pptx and .pdf files."""
