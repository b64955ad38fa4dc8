"""Whether two contacts are one person: what each is known again by, and what two of them share."""
