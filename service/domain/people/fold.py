"""Folding of vCard lines at 75 octets, never inside a UTF-8 sequence (RFC 2425, 5.8.1)."""

LIMIT_OCTETS = 75


def folded(text: str) -> str:
    """Fold every line of a serialised vCard; lines end in CRLF.

    vobject 0.9.9 decides by characters whether to fold, and so leaves lines of accented letters too long.
    """
    return "".join(_folded_line(line) + "\r\n" for line in text.split("\r\n") if line)


def _folded_line(line: str) -> str:
    rows: list[str] = []
    row, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > LIMIT_OCTETS:
            rows.append(row)
            row, octets = " ", 1
        row += sign
        octets += size
    return "\r\n".join([*rows, row])
