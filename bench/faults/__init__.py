"""Nothing lost: an installation whose parts are killed, filled up, locked and put out of time while people use it."""
