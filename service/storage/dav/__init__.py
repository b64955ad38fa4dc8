"""What address books and calendars on other devices see, and their passwords."""
