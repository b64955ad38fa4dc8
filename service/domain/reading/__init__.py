"""A photo, a card, what was read on it and what a person made of that."""
