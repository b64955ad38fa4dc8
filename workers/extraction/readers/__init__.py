"""The two readers of print: RapidOCR's networks, and Tesseract."""
