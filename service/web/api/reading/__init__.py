"""From photos to cards that a person has looked at."""
