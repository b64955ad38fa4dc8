"""How address books of other devices are served, beside plain Radicale with files of its own."""
