"""Photo bytes to readings: no database, no queue, no network, and not a word of what a card says in any log."""
