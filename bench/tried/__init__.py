"""The service tried by others' tools and by chance: schemathesis over the API's document, a fuzz of what is sent."""
