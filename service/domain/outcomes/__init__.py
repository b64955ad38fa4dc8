"""What comes of ties: calls with times offered, who was sent by whom, the three, and what each event was worth."""
