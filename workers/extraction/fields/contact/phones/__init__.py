"""Numbers to dial: digits found in print, under their country's plan, with what labels say."""

from workers.extraction.fields.contact.phones.proposed import looks_dialled, propose

__all__ = ["looks_dialled", "propose"]
