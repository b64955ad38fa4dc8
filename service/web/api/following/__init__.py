"""Ties, touches, the week and its rules."""
