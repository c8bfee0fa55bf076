"""The quiz as Moodle XML (https://docs.moodle.org/en/Moodle_XML_format)."""

from html import escape
from typing import Any

from lxml import etree

from assistant.modules.export.asking import is_quote
from assistant.modules.export.parts import in_marks
from assistant.modules.module import Module, Question, QuestionKind, Quote

_TYPES = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.FIGURE: "shortanswer",
    QuestionKind.TERM: "shortanswer",
    QuestionKind.MATCHING: "matching",
    QuestionKind.SHORT: "essay",
}


def moodle_bytes(module: Module) -> bytes:
    """Return the quiz of a module as Moodle XML, each answer with the quote that bears it out."""
    root = etree.Element("quiz")
    category = etree.SubElement(root, "question", type="category")
    title = module.title.replace("/", "//")
    etree.SubElement(etree.SubElement(category, "category"), "text").text = f"$course$/top/{title}"
    for number, question in enumerate(module.quiz, start=1):
        root.append(_question(number, question, module.title))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def question_html(question: Question) -> str:
    """Return what a question shows, as HTML."""
    shown = f"<p>{escape(question.stem)}</p>"
    text = in_marks(question.text) if is_quote(question) else question.text
    return f"{shown}<blockquote>{escape(text)}</blockquote>" if question.text else shown


def proof_html(proofs: tuple[Quote, ...]) -> str:
    """Return the quotes that bear out a key, as HTML."""
    return "".join(f"<p>{escape(in_marks(one.text))} — <em>{escape(one.source)}</em></p>" for one in proofs)


def fraction_right(question: Question) -> float:
    """Return what one right choice is worth, in per cent."""
    return 100 / sum(choice.right for choice in question.choices)


def fraction_wrong(question: Question) -> float:
    """Return what one wrong choice costs: all together cost everything; nothing in a single choice."""
    wrong = sum(not choice.right for choice in question.choices)
    return -100 / wrong if question.kind is QuestionKind.MULTIPLE else 0.0


def _question(number: int, question: Question, title: str) -> Any:
    made = etree.Element("question", type=_TYPES[question.kind])
    _text(made, "name", f"{title[:60]} – {number:02d}", html=False)
    _text(made, "questiontext", question_html(question))
    _text(made, "generalfeedback", proof_html(question.proofs))
    essay = question.kind is QuestionKind.SHORT
    for name, value in (("defaultgrade", "1"), ("penalty", "0" if essay else "0.3333333"), ("hidden", "0")):
        etree.SubElement(made, name).text = value
    if question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        _choices(made, question)
    elif question.kind is QuestionKind.TRUE_FALSE:
        for choice in question.choices:
            value = "true" if choice.text == "Vrai" else "false"
            _answer(made, value, 100 if choice.right else 0, "moodle_auto_format")
    elif question.kind is QuestionKind.MATCHING:
        etree.SubElement(made, "shuffleanswers").text = "true"
        for position, speaker, _ in question.pairs:
            pair = _text(made, "subquestion", f"<p>{escape(in_marks(position))}</p>")
            _text(pair, "answer", speaker, html=False)
    elif essay:
        for name, value in (
            ("responseformat", "editor"),
            ("responserequired", "1"),
            ("responsefieldlines", "5"),
            ("attachments", "0"),
            ("attachmentsrequired", "0"),
        ):
            etree.SubElement(made, name).text = value
        _text(made, "graderinfo", proof_html(question.proofs))
        _text(made, "responsetemplate", "")
    else:
        etree.SubElement(made, "usecase").text = "0"
        for accepted in question.accepted:
            _answer(made, accepted.replace("*", "\\*"), 100, "moodle_auto_format")
    return made


def _choices(made: Any, question: Question) -> None:
    single = question.kind is QuestionKind.SINGLE
    for name, value in (
        ("single", "true" if single else "false"),
        ("shuffleanswers", "true"),
        ("answernumbering", "abc"),
    ):
        etree.SubElement(made, name).text = value
    for choice in question.choices:
        grade = fraction_right(question) if choice.right else fraction_wrong(question)
        _answer(made, f"<p>{escape(choice.text)}</p>", grade, "html", proof_html((choice.proof,)))


def _answer(made: Any, words: str, grade: float, form: str, feedback: str = "") -> None:
    answer = etree.SubElement(made, "answer", fraction=f"{grade:.5f}".rstrip("0").rstrip("."), format=form)
    etree.SubElement(answer, "text").text = etree.CDATA(words) if form == "html" else words
    _text(answer, "feedback", feedback)


def _text(parent: Any, name: str, words: str, *, html: bool = True) -> Any:
    made = etree.SubElement(parent, name, {"format": "html"} if html else {})
    etree.SubElement(made, "text").text = etree.CDATA(words) if html and words else words
    return made
