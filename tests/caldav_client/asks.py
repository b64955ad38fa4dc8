"""What a program built on the caldav library does with our calendars; it tells what it saw as JSON."""

import json
import sys
from typing import Any

import caldav  # type: ignore[import-not-found,unused-ignore]  # it lives beside this file, apart from the tests' libraries

EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:new\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART:20260101T000000Z\r\nSUMMARY:No\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def main(address: str, user: str, secret: str) -> None:
    with caldav.DAVClient(url=address, username=user, password=secret) as client:
        books = {one.get_display_name(): one for one in client.principal().get_calendars()}
        tasks = books["Undrawer · Toques"]
        seen: dict[str, Any] = {"books": sorted(books), "open": [len(tasks.get_todos())]}
        tasks.get_todos()[0].complete()
        seen["open"].append(len(tasks.get_todos()))
        seen["all"] = len(tasks.get_todos(include_completed=True))
        first = tasks.get_objects_by_sync_token(load_objects=True)
        seen["synced"] = len(list(first))
        tasks.get_todos()[0].complete()
        seen["changed"] = len(list(tasks.get_objects_by_sync_token(first.sync_token)))
        try:
            books["Undrawer · Encuentros"].save_event(EVENT)
        except caldav.lib.error.AuthorizationError:
            seen["event"] = "refused"
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main(*sys.argv[1:])
