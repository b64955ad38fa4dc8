"""Gatherings with their guests, and people introduced to each other."""
