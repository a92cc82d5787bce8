"""Release and request to bytes: negotiate, describe, render, query."""
