"""The bench: invented cards as varied as the world, photographed or as bare lines, and what readers make of them."""
