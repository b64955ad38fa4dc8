"""Whether a print is a card at all, and which of its values are in doubt."""
