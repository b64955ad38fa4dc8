"""Who and what a card names: candidates for name, company, title and department, and one assignment of them all."""
