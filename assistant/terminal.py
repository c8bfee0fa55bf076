"""An answer as plain text, for the terminal."""

import re
from collections.abc import Iterator

from assistant.answers import Answer, Block
from assistant.citations import described


def render(answer: Answer) -> str:
    """Return an answer as plain text: its blocks and notes, then the sources of its markers.

    Markers of one place share a line of the sources.
    """
    parts = [f"Question comprise\u00a0: {answer.understood}"] if answer.understood else []
    parts += [answer.opening] if answer.opening else []
    parts += [part for block in answer.blocks for part in _block(block)]
    parts += answer.notes
    if answer.citations:
        parts.append("\n".join(["Sources", *_sources(answer)]))
    elif answer.nearest:
        nearest = (f"{scored.rank}. {described(scored.passage)}" for scored in answer.nearest)
        parts.append("\n".join(["Passages les plus proches", *nearest]))
    if answer.sigles:
        meanings = (f"{sigle}\u00a0: {meaning}" for sigle, meaning in answer.sigles)
        parts.append("\n".join(["Sigles", *meanings]))
    return "\n\n".join(parts)


def _block(block: Block) -> Iterator[str]:
    """Yield the heading of a block, underlined, then its Markdown, which reads well as it is."""
    if block.heading:
        yield f"{block.heading}\n{'─' * len(block.heading)}"
    body = block.markdown.removeprefix(f"**{block.heading}**").strip()
    yield re.sub(r"^- ", "• ", body, flags=re.MULTILINE)


def _sources(answer: Answer) -> Iterator[str]:
    markers: dict[str, list[int]] = {}
    also: dict[str, list[str]] = {}
    for citation in answer.citations:
        place = described(citation.passage, citation.start)
        if citation.marker not in {one for known in markers.values() for one in known}:
            markers.setdefault(place, []).append(citation.marker)
        also[place] = list(dict.fromkeys([*also.get(place, ()), *map(described, citation.also)]))
    for place, numbers in markers.items():
        yield f"{''.join(f'[{number}]' for number in numbers)} {place}"
        yield from (f"    dit aussi\u00a0: {other}" for other in also[place])
