"""From the camera to a card that a person has looked at."""
