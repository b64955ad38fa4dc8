"""What letters and words are known as: alphabets, lists, spellings, domains."""
