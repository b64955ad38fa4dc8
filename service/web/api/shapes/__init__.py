"""What the API takes and gives, as pydantic models: they check the requests and make the OpenAPI document."""
