"""The words of Undrawer as plain values and functions; imports no framework and nothing else of ours."""
