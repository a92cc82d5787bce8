"""Queries from strangers, run in a process that can be killed."""
