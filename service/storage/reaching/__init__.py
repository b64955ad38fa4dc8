"""What goes out: mail, notices on devices, calendars to subscribe to, links that are signed."""
