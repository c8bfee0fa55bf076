"""Reading ``sources.toml``: every entry checked, a wrong one refused with its line number."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import UsageError
from index.wording import Wording

DOCUMENT_KINDS = ("rapport", "avis", "fiche", "article", "contribution", "déclaration", "communiqué", "guide")
PART_KINDS = (*DOCUMENT_KINDS, "synthèse", "recommandations", "expérience", "liste", "bibliographie")
BEGINS_WORDS = (3, 12)
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_ERROR_PLACE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A part of a known document: who speaks, and the first words by which it is found."""

    begins: str
    title: str
    speaker: str = ""
    kind: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document known, and the phrases that its text holds and no other does."""

    title: str
    recognise: tuple[str, ...]
    short_title: str = ""
    publisher: str = ""
    speaker: str = ""
    kind: str = ""
    date: str = ""
    url: str = ""
    parts: tuple[KnownPart, ...] = ()

    def recognises(self, wording: Wording) -> bool:
        """Say whether a text holds all the phrases of this entry."""
        return all(wording.holds(phrase) for phrase in self.recognise)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One table of the file, with its place for messages."""

    path: Path
    table: dict[str, Any]
    line: int
    lines: dict[str, int]

    def refuse(self, reason: str, key: str = "") -> UsageError:
        return UsageError(f"{self.path}, ligne {self.lines.get(key, self.line)} : {reason}")

    def text(self, key: str, *, needed: bool = False) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise self.refuse(f"« {key} » doit être un texte entre guillemets", key)
        if needed and not value.strip():
            raise self.refuse(f"« {key} » manque ou est vide", key)
        return value.strip()

    def only(self, *keys: str) -> None:
        for key in self.table:
            if key not in keys:
                raise self.refuse(f"clé inconnue « {key} » (clés admises : {', '.join(keys)})", key)


def read_entries(path: Path) -> list[KnownDocument]:
    """Return the documents that a file describes. Raises ``UsageError`` with the line at fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} : fichier illisible ({error})") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _ERROR_PLACE.search(str(error))
        line = place.group(1) if place else text.count("\n") + 1
        raise UsageError(f"{path}, ligne {line} : ce n’est pas du TOML valide") from error
    for key in tables:
        if key != "document":
            raise UsageError(
                f"{path}, ligne {_line_of(text, key)} : « {key} » n’est pas attendu ici ; [[document]] l’est"
            )
    return list(_documents(path, tables, _positions(text)))


def _documents(
    path: Path, tables: dict[str, Any], positions: Iterator[tuple[int, dict[str, int]]]
) -> Iterator[KnownDocument]:
    documents = tables.get("document", [])
    if not _is_tables(documents):
        raise UsageError(f"{path} : les documents s’écrivent [[document]]")
    for table in documents:
        entry = _Entry(path, table, *next(positions, (1, {})))
        parts = table.get("part", [])
        if not _is_tables(parts):
            raise entry.refuse("les parties s’écrivent [[document.part]]", "part")
        known = tuple(_part(_Entry(path, part, *next(positions, (entry.line, {})))) for part in parts)
        yield _document(entry, known)


def _document(entry: _Entry, parts: tuple[KnownPart, ...]) -> KnownDocument:
    keys = ("title", "short_title", "publisher", "speaker", "kind", "date", "url", "recognise", "part")
    entry.only(*keys)
    publisher = entry.text("publisher", needed=True)
    return KnownDocument(
        title=entry.text("title", needed=True),
        recognise=_phrases(entry),
        short_title=entry.text("short_title"),
        publisher=publisher,
        speaker=entry.text("speaker") or publisher,
        kind=_kind(entry, DOCUMENT_KINDS, needed=True),
        date=_date(entry),
        url=_url(entry),
        parts=parts,
    )


def _part(entry: _Entry) -> KnownPart:
    entry.only("begins", "title", "speaker", "kind", "date")
    begins = entry.text("begins", needed=True)
    least, most = BEGINS_WORDS
    if not least <= len(begins.split()) <= most:
        raise entry.refuse(f"« begins » donne les {least} à {most} premiers mots de la partie", "begins")
    return KnownPart(
        begins=begins,
        title=entry.text("title", needed=True),
        speaker=entry.text("speaker"),
        kind=_kind(entry, PART_KINDS),
        date=_date(entry),
    )


def _phrases(entry: _Entry) -> tuple[str, ...]:
    value = entry.table.get("recognise")
    phrases = [value] if isinstance(value, str) else value
    if not isinstance(phrases, list) or not phrases:
        raise entry.refuse("« recognise » manque : une ou deux phrases que le texte contient", "recognise")
    for phrase in phrases:
        if not isinstance(phrase, str) or len(phrase.split()) < 4:
            raise entry.refuse("« recognise » : chaque phrase compte au moins quatre mots", "recognise")
    return tuple(phrases)


def _kind(entry: _Entry, kinds: tuple[str, ...], *, needed: bool = False) -> str:
    kind = entry.text("kind", needed=needed)
    if kind and kind not in kinds:
        raise entry.refuse(f"« kind » : « {kind} » est inconnu (au choix : {', '.join(kinds)})", "kind")
    return kind


def _date(entry: _Entry) -> str:
    date = entry.text("date")
    if date and not _DATE.fullmatch(date):
        raise entry.refuse(f"« date » : « {date} » doit s’écrire AAAA, AAAA-MM ou AAAA-MM-JJ", "date")
    return date


def _url(entry: _Entry) -> str:
    url = entry.text("url")
    if url and not re.fullmatch(r"https?://[^\s/]+\S*", url):
        raise entry.refuse("« url » doit être une adresse http(s) complète", "url")
    return url


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _positions(text: str) -> Iterator[tuple[int, dict[str, int]]]:
    """Yield, for each table of the file in order, its line and the line of each of its keys."""
    head: int | None = None
    keys: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if re.match(r"\s*\[\[", line):
            if head is not None:
                yield head, keys
            head, keys = number, {}
        elif found := re.match(r"\s*\"?(\w+)\"?\s*=", line):
            keys.setdefault(found.group(1), number)
    if head is not None:
        yield head, keys


def _line_of(text: str, key: str) -> int:
    """Return the line where a key of the top level, or its table, is written."""
    pattern = re.compile(rf"\s*(?:\[+\s*{re.escape(key)}\b|\"?{re.escape(key)}\"?\s*=)")
    return next((number for number, line in enumerate(text.split("\n"), 1) if pattern.match(line)), 1)
