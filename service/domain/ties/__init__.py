"""How ties are kept: from what happened between two people to the next personal act, as pure functions of values."""
