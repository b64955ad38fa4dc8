"""The drawer: contacts, and how they come in, are joined, given out and forgotten."""
