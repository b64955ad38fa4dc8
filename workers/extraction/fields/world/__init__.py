"""What countries are told by: numbering plans, towns, states, languages; and where a card is from."""
