"""Links of the OpenAPI document: where the ids of a listing lead, for readers and for tools that follow them."""

from typing import Any, Final

_LISTINGS: Final = {
    "list_photos": ("photos", "photo_id"),
    "list_cards": ("cards", "card_id"),
    "list_contacts": ("contacts", "contact_id"),
}


def link(operations: list[dict[str, Any]]) -> None:
    """Lead from the first row of each listing to every operation on such a row."""
    for listing in operations:
        rows, parameter = _LISTINGS.get(listing["operationId"], ("", ""))
        if rows:
            listing["responses"]["200"]["links"] = {
                operation["operationId"]: {
                    "operationId": operation["operationId"],
                    "parameters": {parameter: f"$response.body#/{rows}/0/id"},
                }
                for operation in operations
                if any(parameter == one["name"] for one in operation["parameters"])
            }
