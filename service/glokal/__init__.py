"""Glokal publishes a strategy as a validated, immutable knowledge graph and serves it."""

from importlib.metadata import version

__version__ = version("glokal")
