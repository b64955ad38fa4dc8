"""What goes out: mail, notices, calendars and tasks."""
