"""What a task and a calendar are called on other devices, in the languages of the pages."""

from typing import Final

from service.domain.ties.circle import Circle
from service.domain.ties.touch import Kind

LANGUAGES: Final = ("es", "en")

_TITLES: Final = {
    "es": {
        Kind.PROMISE: "Cumplir con {name}",
        Kind.THANK: "Dar las gracias a {name}",
        Kind.FIRST: "Escribir a {name}",
        Kind.LATE_HELLO: "Escribir a {name}",
        Kind.FAVOUR: "Echar una mano a {name}",
        Kind.HELLO: "Saludar a {name}",
        Kind.COFFEE: "Un café con {name}",
        Kind.CALL: "Llamar a {name}",
        Kind.VISIT: "Pasar a ver a {name}",
        Kind.INTRODUCE: "Presentar a {name}",
        Kind.REFER: "Recomendar a {name}",
        Kind.CONGRATULATE: "Felicitar a {name}",
        Kind.INVITE: "Invitar a {name}",
        Kind.RECONNECT: "Retomar el hilo con {name}",
        Kind.ASK: "Pedir algo a {name}",
    },
    "en": {
        Kind.PROMISE: "Keep your word to {name}",
        Kind.THANK: "Thank {name}",
        Kind.FIRST: "Write to {name}",
        Kind.LATE_HELLO: "Write to {name}",
        Kind.FAVOUR: "Do {name} a favour",
        Kind.HELLO: "Say hello to {name}",
        Kind.COFFEE: "A coffee with {name}",
        Kind.CALL: "Call {name}",
        Kind.VISIT: "Visit {name}",
        Kind.INTRODUCE: "Introduce {name}",
        Kind.REFER: "Recommend {name}",
        Kind.CONGRATULATE: "Congratulate {name}",
        Kind.INVITE: "Invite {name}",
        Kind.RECONNECT: "Pick up the thread with {name}",
        Kind.ASK: "Ask {name}",
    },
}
_BOOKS: Final = {
    "es": {"touches": "Toques", "gatherings": "Encuentros"},
    "en": {"touches": "Touches", "gatherings": "Gatherings"},
}
_CIRCLES: Final = {
    "es": {
        Circle.INNER: "Íntimo",
        Circle.CLOSE: "Cercano",
        Circle.ACTIVE: "Activo",
        Circle.WIDER: "Amplio",
        Circle.DRAWER: "El cajón",
    },
    "en": {
        Circle.INNER: "Inner",
        Circle.CLOSE: "Close",
        Circle.ACTIVE: "Active",
        Circle.WIDER: "Wider",
        Circle.DRAWER: "The drawer",
    },
}


def known(lang: str) -> str:
    """The language of ours that comes nearest."""
    return lang[:2] if lang[:2] in LANGUAGES else LANGUAGES[0]


def title(kind: Kind, name: str, *, lang: str) -> str:
    return _TITLES[known(lang)][kind].format(name=name)


def book(name: str, *, lang: str) -> str:
    """What a calendar is called, beside the name of the program."""
    return f"Undrawer · {_BOOKS[known(lang)][name]}"


def circle_book(circle: Circle, *, lang: str) -> str:
    return f"Undrawer · {_CIRCLES[known(lang)][circle]}"
