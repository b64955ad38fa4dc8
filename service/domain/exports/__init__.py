"""Contacts as other address books take them: a form for each, and what it loses."""
