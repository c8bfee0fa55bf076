"""The key points of a module as slides: one idea a slide, its source under it, the method in the notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from assistant.modules.export.content import case_title
from assistant.modules.export.parts import in_marks
from assistant.modules.module import Module, Quote, Sequence
from assistant.modules.request import in_words

_ON_A_SLIDE = 640  # characters
_LINES = 6


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: its title, its lines (each with its source or none), and the trainer's notes."""

    title: str
    lines: tuple[tuple[str, str], ...]
    notes: str = ""


def pptx_bytes(module: Module) -> bytes:
    """Return the key points of a module as the bytes of a PPTX file."""
    from pptx import Presentation
    from pptx.util import Cm

    file = Presentation()
    file.slide_width, file.slide_height = Cm(33.867), Cm(19.05)
    file.core_properties.title, file.core_properties.author = module.title, "Tisserand"
    file.core_properties.language = "fr-FR"
    request = module.request
    under = [request.public] if request.public else []
    _add(file, Slide(module.title, ((" – ".join([*under, in_words(module.minutes)]), ""),)), opening=True)
    for slide in slides_of(module):
        _add(file, slide)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def slides_of(module: Module) -> Iterator[Slide]:
    """Yield the slides after the first: objectives, plan, key points of each sequence, readings."""
    yield from _split("Objectifs", [(objective.text, "") for objective in module.objectives])
    plan = [(f"{sequence.title} – {in_words(sequence.minutes)}", "") for sequence in module.sequences]
    yield from _split("Programme", plan, most=9)
    for sequence in module.sequences:
        yield from _of_sequence(sequence)
    yield from _split("À lire", [(reading, "") for reading in module.readings], most=7)


def _of_sequence(sequence: Sequence) -> Iterator[Slide]:
    yield from _split(sequence.title, _lines(sequence.quotes), sequence.method)
    voices = [
        (f"{voice.speaker}\u00a0: {in_marks(voice.quote.text)}", voice.quote.source)
        for voice in sequence.voices
    ]
    yield from _split("Points de vue", voices, sequence.method)
    yield from _split("Chiffres, à vérifier à leur date", _lines(sequence.figures))
    if sequence.case:
        yield from _split(
            f"Une expérience\u00a0: {case_title(sequence)}", _lines(sequence.case), sequence.method
        )
    yield from _split("Questions pour la discussion", [(question, "") for question in sequence.questions])


def _lines(quotes: tuple[Quote, ...]) -> list[tuple[str, str]]:
    return [(in_marks(quote.text), quote.source) for quote in quotes]


def _split(title: str, lines: list[tuple[str, str]], notes: str = "", most: int = _LINES) -> Iterator[Slide]:
    """Yield the slides that lines fill, none too full to be read."""
    held: list[tuple[str, str]] = []
    for line in lines:
        if held and (len(held) >= most or sum(len(a) + len(b) for a, b in (*held, line)) > _ON_A_SLIDE):
            yield Slide(title, tuple(held), notes)
            held = []
        held.append(line)
    if held:
        yield Slide(title, tuple(held), notes)


def _add(file: Any, slide: Slide, *, opening: bool = False) -> None:
    from pptx.util import Cm, Pt

    made = file.slides.add_slide(file.slide_layouts[6])
    top = Cm(6 if opening else 0.9)
    _write(
        made,
        (slide.title,),
        top,
        Cm(2.6),
        Pt(40 if opening else 28 if len(slide.title) < 60 else 22),
        bold=True,
    )
    total = sum(len(words) + len(source) for words, source in slide.lines)
    size = Pt(30 if total < 330 else 25 if total < 560 else 20)
    box = made.shapes.add_textbox(Cm(2), Cm(9.2 if opening else 3.6), Cm(29.8), Cm(14.2))
    box.text_frame.word_wrap = True
    for number, (words, source) in enumerate(slide.lines):
        paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
        paragraph.space_after = Pt(2 if source else 12)
        _run(paragraph, words, size)
        if source:
            under = box.text_frame.add_paragraph()
            under.space_after = Pt(12)
            _run(under, source, Pt(14), italic=True)
    if slide.notes:
        made.notes_slide.notes_text_frame.text = slide.notes


def _write(made: Any, lines: tuple[str, ...], top: Any, height: Any, size: Any, *, bold: bool) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Cm

    colour: Any = RGBColor
    box = made.shapes.add_textbox(Cm(2), top, Cm(29.8), height)
    box.name = "Titre"
    box.text_frame.word_wrap = True
    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    run = _run(box.text_frame.paragraphs[0], lines[0], size)
    run.font.bold, run.font.color.rgb = bold, colour(0x1F, 0x3A, 0x5F)


def _run(paragraph: Any, words: str, size: Any, *, italic: bool = False) -> Any:
    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.italic, run.font.name = size, italic, "Calibri"
    run._r.get_or_add_rPr().set("lang", "fr-FR")
    return run
