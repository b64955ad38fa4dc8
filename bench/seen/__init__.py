"""What a reader is given: photos as a phone takes them, or the lines that it would have found in them."""
