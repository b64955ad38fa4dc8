"""The follow-up engine put to the test: steered lives, the laws they must keep, planners that break them, a year."""
