"""XML from a device, looked at before a tree is built of it: in UTF-8, without a document type, shallow, and not endless."""

from typing import Final
from xml.etree.ElementTree import ParseError  # the type alone; defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

MOST_DEEP: Final = 64
"""A tree that is a hundred thousand deep ends the process that walks it, and all that others asked of it."""

MOST_ELEMENTS: Final = 2_000
"""Beside the names of what is asked for: a first sync may name every contact there is."""

_NAME: Final = "{DAV:}href"


class XmlRefused(Exception):
    """It is not read; says why."""


def check(body: bytes) -> None:
    """Raise XmlRefused for what no device asks."""
    parser = XMLParser(target=_Shape(), forbid_dtd=True)
    try:
        parser.feed(body.decode())
        parser.close()
    except (DefusedXmlException, ParseError, UnicodeDecodeError):
        raise XmlRefused("XML is read here in UTF-8, whole, and without a document type.") from None


class _Shape:
    """How deep it is, and of how many elements."""

    def __init__(self) -> None:
        self._deep = self._elements = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._deep += 1
        self._elements += tag != _NAME
        if self._deep > MOST_DEEP or self._elements > MOST_ELEMENTS:
            raise XmlRefused("That is more XML than any question needs. Ask in parts.")

    def end(self, _tag: str) -> None:
        self._deep -= 1

    def close(self) -> None:
        """Nothing is kept of it."""
