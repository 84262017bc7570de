"""model: the types that pass between the stages."""
