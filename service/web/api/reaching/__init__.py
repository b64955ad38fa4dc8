"""Devices, and links that are signed."""
