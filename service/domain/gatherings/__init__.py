"""Gatherings: occasions with a day, those one went to and those one gives; who comes, with whom, and why they would."""
