"""Markdown with optional YAML front matter, the format of the fiches.

Front matter gives title, theme, kind, audience, updated and sources. The list under the heading
« Questions du terrain » holds questions that the fiche answers: it is indexed with the fiche and
is not part of its body, so that no answer ever quotes a question as if it were a fact.
"""

import datetime
import re
from dataclasses import replace
from typing import Any

import yaml

from index.documents import Document, Reference
from index.errors import UnreadableDocument
from index.loading.text import digest, read_text, slug, title_from_name

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_QUESTIONS = re.compile(r"^#{1,6}[ \t]+Questions du terrain[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NEXT_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*[-*+][ \t]+(.+)$", re.MULTILINE)
_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


def read_markdown(name: str, text: str) -> Document:
    """Make a document of a Markdown text. Raises ``UnreadableDocument`` on bad front matter."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        heading = _TITLE.search(text)
        start, meta = 0, {"title": heading.group(1)} if heading else {}
    else:
        start, meta = found.end(), _parse(found.group(1))
    end, questions = _field_questions(text, start)
    plain = read_text(name, text)
    return Document(
        doc_id=slug(name),
        source=name,
        title=_string(meta, "title") or (plain.title if found is None else title_from_name(name)),
        text=text,
        digest=digest(text),
        body=(start, end),
        theme=_string(meta, "theme"),
        kind=_string(meta, "kind"),
        publisher=_string(meta, "publisher"),
        date=_string(meta, "updated"),
        references=tuple(_reference(source) for source in _list(meta, "sources")),
        field_questions=questions,
        markup="markdown",
    )


def with_field_questions(document: Document) -> Document:
    """Set apart the field questions of a fiche read from another format, when they come last."""
    try:
        end, questions = _field_questions(document.text, document.body[0])
    except UnreadableDocument:
        return document
    return replace(document, body=(document.body[0], end), field_questions=questions)


def _parse(block: str) -> dict[str, Any]:
    try:
        meta = yaml.safe_load(block)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", ligne {mark.line + 2}" if mark else ""
        raise UnreadableDocument(f"en-tête YAML invalide{where}") from error
    if not isinstance(meta, dict):
        raise UnreadableDocument("en-tête YAML invalide : des lignes « clé: valeur » sont attendues")
    return meta


def _field_questions(text: str, start: int) -> tuple[int, tuple[str, ...]]:
    """Return where the body ends and the questions listed after it."""
    heading = _QUESTIONS.search(text, start)
    if heading is None:
        return len(text), ()
    following = _NEXT_HEADING.search(text, heading.end())
    if following is not None:
        raise UnreadableDocument("« Questions du terrain » doit être la dernière partie de la fiche")
    return heading.start(), tuple(item.strip() for item in _ITEM.findall(text, heading.end()))


def _string(meta: dict[str, Any], key: str) -> str:
    value = meta.get(key, "")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str | int | float):
        raise UnreadableDocument(f"en-tête : « {key} » doit être un texte")
    return str(value).strip()


def _list(meta: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = meta.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UnreadableDocument(f"en-tête : « {key} » doit être une liste de sources")
    return value


def _reference(source: dict[str, Any]) -> Reference:
    year, page = source.get("year"), source.get("page")
    if not isinstance(year, int | None) or not isinstance(page, int | None):
        raise UnreadableDocument("en-tête : « year » et « page » d’une source sont des nombres entiers")
    return Reference(
        title=_string(source, "title"),
        publisher=_string(source, "publisher"),
        year=year,
        page=page,
        section=_string(source, "section"),
    )
