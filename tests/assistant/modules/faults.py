"""The checker of a module: what in it is not as its sources have it, found without the composer's help.

It reads the documents themselves, not what the composer remembers of them, and verifies each false
statement against every passage found for the theme and for the statement.
"""

from assistant.modules import Module
from assistant.modules.module import Question, QuestionKind, Quote
from assistant.modules.quiz.blanks import GAP
from assistant.verification import is_borne_out, quoted_in
from index.library import Library

MOST_WORDS = 45


def faults(library: Library, module: Module) -> list[str]:
    """Return what is wrong in a module, nothing when all of it stands."""
    found = [f"not verbatim: {quote.text}" for quote in module.quotes if not stands(library, quote)]
    if module.minutes != module.request.minutes:
        found.append(f"{module.minutes} minutes instead of {module.request.minutes}")
    texts = [scored.passage.prose for scored in library.retrieve(module.request.theme, 40)]
    for number, question in enumerate(module.quiz, start=1):
        found += [f"question {number}: {fault}" for fault in _question_faults(library, question, texts)]
    return found


def stands(library: Library, quote: Quote) -> bool:
    """Say whether the document holds a quote word for word where it says."""
    document = library.document(quote.doc_id)
    if document is None:
        return False
    return " ".join(quote.text.split()) == " ".join(document.text[quote.start : quote.end].split())


def _question_faults(library: Library, question: Question, texts: list[str]) -> list[str]:
    found = []
    if not question.proofs:
        found.append("no proof")
    if len(question.text.split()) > MOST_WORDS + 2:
        found.append("too long")
    one_right = question.kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE)
    if one_right and sum(choice.right for choice in question.choices) != 1:
        found.append("not one right choice")
    if question.kind is QuestionKind.MULTIPLE and {one.right for one in question.choices} != {True, False}:
        found.append("all choices right, or none")
    if len({choice.text for choice in question.choices}) != len(question.choices):
        found.append("two choices alike")
    found += _key_faults(question)
    for choice in question.choices:
        if question.kind is QuestionKind.TRUE_FALSE and choice.text == "Faux":
            continue  # the same statement as « Vrai »
        states = choice.right if question.kind is not QuestionKind.TRUE_FALSE else question.choices[0].right
        found += _statement_faults(library, choice.statement, states, choice.proof, texts)
    speakers = [speaker for _, speaker, _ in question.pairs]
    if len(set(speakers)) != len(speakers):
        found.append("a speaker twice")
    return found


def _key_faults(question: Question) -> list[str]:
    """Check that a gap filled with the key gives the quote back, and that masked names hide the speaker."""
    found = []
    if question.accepted:
        whole = question.text.replace(GAP, question.accepted[0])
        if whole.casefold() != question.proofs[0].text.casefold():
            found.append(f"the key does not give the quote back: {whole}")
    if GAP in question.text and question.choices:
        right = next(choice for choice in question.choices if choice.right).text.strip("«»\u00a0 ")
        if question.text.replace(GAP, right).casefold() != question.proofs[0].text.casefold():
            found.append("the right choice does not give the quote back")
    for position, speaker, quote in question.pairs:
        if not quoted_in(position, quote.text) or speaker.casefold() in position.casefold():
            found.append(f"position of {speaker} not as quoted")
    return found


def _statement_faults(
    library: Library, statement: str, states: bool, proof: Quote, texts: list[str]
) -> list[str]:
    if states:
        return [] if is_borne_out(statement, [proof.text]) else [f"key not borne out: {statement}"]
    if is_borne_out(statement, [proof.text]):
        return [f"its own proof bears it out: {statement}"]
    near = [scored.passage.prose for scored in library.retrieve(statement, 6)]
    said = [text for text in dict.fromkeys((*near, *texts)) if is_borne_out(statement, [text])]
    return [f"said elsewhere: {statement} <- {text[:80]}" for text in said[:1]]
