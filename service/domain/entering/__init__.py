"""Ways to show who one is, and what is signed or sealed, with its keys."""
