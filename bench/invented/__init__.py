"""The words of the world, and cards made of them: what they say, before anyone decides where it stands."""
