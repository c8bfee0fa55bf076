"""What an index holds and whether it is well, for ``tisserand-index status``."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.config import shipped_corpus
from index.documents import Document, Passage
from index.errors import IndexUnavailable
from index.library import Library
from index.sources import library_sources
from index.verifying import examine


def describe(index: Path) -> dict[str, Any]:
    """Return what the index holds, document by document, and what is wrong with it.

    ``problems`` is empty when every file has the content recorded; ``command`` is then what mends
    it. ``absent`` lists the known reports with an official address that are not in it: nothing is
    ever downloaded here. Raises ``IndexUnavailable`` when there is no index there at all.
    """
    health = examine(index)
    status: dict[str, Any] = {
        "index": str(index),
        "problems": list(health.problems),
        "command": health.command,
        "documents": [],
        "absent": [],
    }
    try:
        library = Library(index)
    except IndexUnavailable:
        return status
    described = [_described(doc, library.passages_of(doc.doc_id)) for doc in library.documents()]
    library.close()
    held = {document["title"] for document in described}
    known = library_sources([index, shipped_corpus().parent]).documents
    absent = [{"title": one.title, "publisher": one.publisher, "url": one.url} for one in known]
    status["absent"] = [one for one in absent if one["url"] and one["title"] not in held]
    return {**asdict(library.manifest), **status, "documents": described}


def _described(document: Document, passages: list[Passage]) -> dict[str, Any]:
    speakers = Counter(passage.speaker for passage in passages if passage.speaker)
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "source": document.source,
        "publisher": document.publisher,
        "date": document.date,
        "kind": document.kind,
        "passages": len(passages),
        "with_page": sum(passage.page is not None for passage in passages),
        "questions": len(document.field_questions),
        "parts": len(document.parts),
        "speakers": dict(speakers.most_common()),
        "unread_pages": document.unread_pages,
    }


def rendered(status: dict[str, Any]) -> str:
    """Return a status as the lines of a terminal."""
    documents = status["documents"]
    lines = [f"index : {status['index']}"]
    if documents:
        built = status["built"].replace("T", " à ")
        passages = sum(document["passages"] for document in documents)
        lines.append(f"construit le {built}, {_count(len(documents), 'document')}, {passages} passages")
    if status["problems"]:
        lines += ["état : abîmé ou d’une autre version", *(f"  {problem}" for problem in status["problems"])]
        lines.append(f"pour le réparer : {status['command']}")
    else:
        lines.append("état : sain, chaque fichier a le contenu attendu")
    width = max((len(document["doc_id"]) for document in documents), default=0)
    for document in documents:
        lines += ["", f"{document['doc_id']:{width}}  {document['title']}"]
        lines.append(" " * (width + 2) + ", ".join(_details(document)))
        if len(document["speakers"]) > 1:
            voices = (f"{speaker} ({count})" for speaker, count in document["speakers"].items())
            lines.append(" " * (width + 2) + "voix : " + ", ".join(voices))
    if status["absent"]:
        lines += ["", "Rapports connus qui n’y sont pas, à télécharger chez leur éditeur puis à ajouter :"]
        lines += [f"  {one['title']} ({one['publisher']}) : {one['url']}" for one in status["absent"]]
    return "\n".join(lines)


def _details(document: dict[str, Any]) -> list[str]:
    details = [document["kind"], document["publisher"], document["date"]]
    details.append(_count(document["passages"], "passage"))
    if document["with_page"]:
        details.append(f"page connue pour {100 * document['with_page'] // document['passages']} %")
    if document["unread_pages"]:
        details.append(_count(document["unread_pages"], "page") + " sans texte lisible")
    if document["parts"]:
        details.append(_count(document["parts"], "partie"))
    if document["questions"]:
        details.append(_count(document["questions"], "question") + " du terrain")
    return [detail for detail in details if detail]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number > 1)}"
