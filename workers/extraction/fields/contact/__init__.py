"""Every way a card names to reach somebody."""
