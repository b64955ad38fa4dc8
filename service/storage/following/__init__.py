"""Ties: acts, what is due, the week, and what came of it."""
