"""What `undrawer run` starts and keeps alive, under which addresses, with which certificate."""
