"""Mail, devices, calendars and address books elsewhere."""
