"""The whole path of a photo in one process that can reach nobody: run by test_nothing_leaves.py, perhaps without any network.

Every connection of Python's to anything but a Unix socket or the loopback ends the process; names are not looked up.
"""

import ipaddress
import json
import os
import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

REFUSED = 13
LOOKED_AT = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.getaddrinfo", "socket.gethostbyname"} and not local(arguments[0]):
        refuse(event, arguments[0])
    if event in LOOKED_AT and isinstance(arguments[1], tuple) and not local(arguments[1][0]):
        refuse(event, arguments[1][0])


def local(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return text in {"localhost", "None"}


def refuse(event: str, host: object) -> None:
    sys.stderr.write(f"{event} to {host!r}\n")
    sys.stderr.flush()
    os._exit(REFUSED)


def whole_path(photo: Path) -> dict[str, object]:
    from service.config import Config
    from service.storage import accounts, tokens
    from service.web import create_app
    from workers import extraction
    from workers.__main__ import ForkingWorker

    config = Config.from_env()
    app = create_app(config)
    found = app.extensions["undrawer"]
    with closing(found.db):
        with found.db.transaction() as tx:
            ana = accounts.create(tx, name="Ana Torres Vidal")
            token, link = tokens.create(tx, owner=ana.id, name="tests"), accounts.new_sign_in_link(tx, owner=ana.id)
        client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
        sent = client.post(
            "/api/v1/photos", data={"photo": (BytesIO(photo.read_bytes()), "a.jpg")}, headers=headers, buffered=True
        )
        found.queue.ring("sweep")
        extraction.load(config.reader)
        ForkingWorker(config).work(burst=True)
        [card] = said(client.get("/api/v1/cards", headers=headers))["cards"]
        contact = said(client.post(f"/api/v1/cards/{card['id']}/confirm", headers=headers))
        vcard = client.get(f"/api/v1/contacts/{contact['id']}.vcf", headers=headers, buffered=True).text
        app.config["WTF_CSRF_ENABLED"] = False
        client.post(f"/sign-in/{link}")
        today = client.get("/today")
    return {"sent": sent.status_code, "vcard": vcard, "today": today.status_code}


def said(answer: Any) -> Any:
    return answer.json


if __name__ == "__main__":
    sys.addaudithook(guard)
    if sys.argv[1] == "reach":  # to show that the guard sees what goes out
        import urllib.request

        urllib.request.urlopen("http://192.0.2.1/", timeout=1)
    sys.stdout.write("\n" + json.dumps(whole_path(Path(sys.argv[1]))))
