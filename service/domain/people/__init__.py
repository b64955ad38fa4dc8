"""A contact is its vCard: written, read, compared, found."""
