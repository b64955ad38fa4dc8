"""Two contacts made one, every value kept with where it came from, and taken apart again as they were."""
