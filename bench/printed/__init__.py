"""Cards as a print shop makes them: layouts, type, colours and marks, as a picture of the flat card."""
