"""Our style and scripts, under addresses that change with their content, so that browsers keep them."""

import hashlib
from functools import cache
from importlib.resources import files

STYLE = "chat.css"
_SHEETS = (
    "base.css",
    "conversation.css",
    "reader.css",
    "rooms.css",
    "review.css",
    "responsive.css",
    "print.css",
)
SCRIPTS = (
    "chat.js",
    "conversation.js",
    "narrow.js",
    "reader.js",
    "rooms.js",
    "operator.js",
    "review.js",
    "saved.js",
    "sigles.js",
    "tell.js",
)
"""The first one is the page's; it imports the others."""

_TYPES = {"css": "text/css", "js": "text/javascript"}


def asset_address(name: str) -> str:
    """Return the address of one of our files."""
    return f"/chat/{_version()}/{name}"


def asset(name: str) -> tuple[str, str] | None:
    """Return one of our files and its media type, ``None`` when it is none of ours."""
    if name == STYLE:
        return "\n".join(_text(sheet) for sheet in _SHEETS), _TYPES["css"]
    return (_text(name), _TYPES["js"]) if name in SCRIPTS else None


@cache
def _version() -> str:
    digest = hashlib.blake2b(digest_size=6)
    for name in (*_SHEETS, *SCRIPTS):
        digest.update(_text(name).encode("utf-8"))
    return digest.hexdigest()


def _text(name: str) -> str:
    return files("assistant.chat").joinpath("static", name).read_text(encoding="utf-8")
