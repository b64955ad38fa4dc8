"""What happens after the answer was given: reading photos, and later sending what people wrote."""
