"""HTTP: one module per family of routes, and the responses that they share."""
