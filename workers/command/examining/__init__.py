"""What `undrawer doctor` looks at, one finding each."""
