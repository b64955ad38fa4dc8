"""Contacts: how they come in, are found again, joined, given out and forgotten."""
