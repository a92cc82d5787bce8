"""Sources to release: load, validate, infer, describe, freeze."""
