"""Postal addresses: lines joined into blocks, and what of them is street, town, postcode."""

from workers.extraction.fields.contact.addresses.proposed import propose

__all__ = ["propose"]
