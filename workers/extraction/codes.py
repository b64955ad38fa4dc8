"""Two-dimensional codes printed on a card: what they say, word for word. Their meaning is read in `fields`."""

import cv2
import zxingcpp

from workers.extraction.decode import Pixels

FORMATS = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.Aztec]
)


def payloads(picture: Pixels) -> tuple[str, ...]:
    """The texts of the codes in a picture, each once, in the order found."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    found = zxingcpp.read_barcodes(grey, formats=FORMATS)
    return tuple(dict.fromkeys(code.text for code in found if code.text))
