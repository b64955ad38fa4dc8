"""A reader of photos that some photos are too much for."""

import os
import signal
import time

from workers.command.outcome import Outcome, Photo


def read(photo: Photo) -> Outcome:
    match photo.name:
        case "kills":
            os.kill(os.getpid(), signal.SIGKILL)
        case "breaks":
            raise ZeroDivisionError
        case "lasts":
            time.sleep(60)
    return Outcome(photo.name, cards=({"name": "Ana Torres Vidal"},))
