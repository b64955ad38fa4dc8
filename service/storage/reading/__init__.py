"""Photos, the cards found in them, and what a person made of both."""
