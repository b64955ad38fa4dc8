"""Address book and calendar for other devices: CardDAV and CalDAV, spoken by Radicale over our own tables."""
