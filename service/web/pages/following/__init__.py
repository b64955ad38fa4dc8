"""Today, the week, the rules, and what each tie asks for and gave."""
