"""What a core, a disk and a database carry, and how far that goes."""
