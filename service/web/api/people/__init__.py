"""The drawer: contacts in and out, joined, forgotten."""
