"""What Radicale may write into our log: what went wrong and where, and not a word of what a card says."""

import logging
import re
from typing import Final

from radicale.log import REMOVE_TRACEBACK_FILTER

_ERROR_TEXT: Final = re.compile(r"^(?![ \t]|Traceback)([\w.]+)(?::.*)?$", re.MULTILINE)

_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


class _NoValues(logging.Filter):
    """Leaves the sentence and takes out what it was about: names of files, of programs, lines of cards."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _QUOTED.sub("(…)", str(record.msg)), ()
        record.exc_info = record.exc_text = None
        return True


class _NoTexts(logging.Filter):
    """Of a traceback that Radicale writes by itself, the places stay, and what the errors said goes."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.module == "__init__" and "radicale" in record.pathname and record.args:
            record.msg, record.args = _ERROR_TEXT.sub(r"\1", record.getMessage()), ()
        return True


_VALUES: Final = _NoValues()
_TEXTS: Final = _NoTexts()


def keep_quiet() -> None:
    """Once a process; Radicale's own set-up of logs is never called."""
    log = logging.getLogger("radicale")
    log.setLevel(logging.ERROR)
    for filter_ in (REMOVE_TRACEBACK_FILTER, _VALUES):
        log.addFilter(filter_)
    logging.getLogger().addFilter(_TEXTS)
