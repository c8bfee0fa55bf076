"""With a language model: what introduces the quotes of a sequence, each sentence of it checked.

A sentence that the quotes do not bear out is left out; when the model fails, the module stays as it is.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.citations import one_line
from assistant.modules.module import Module, Sequence
from assistant.verification import verify
from index.errors import ModelFault
from index.prompting import wording
from index.sentences import sentence_spans

if TYPE_CHECKING:
    from index.llm import ChatModel

_LONGEST = 60  # words of one sentence
_MOST = 2  # sentences


def introduced(model: "ChatModel", module: Module) -> Module:
    """Return a module whose sequences are introduced by what a model writes and its quotes bear out."""
    sequences = tuple(_introduced(model, sequence) for sequence in module.sequences)
    return replace(module, sequences=sequences)


def _introduced(model: "ChatModel", sequence: Sequence) -> Sequence:
    from index.llm import Message

    texts = [quote.text for quote in sequence.all_quotes]
    if not texts:
        return sequence
    citations = "\n".join(f"- «\u00a0{text}\u00a0»" for text in texts)
    asked = wording("module-redaction", "citations").substitute(citations=citations)
    try:
        written = model.complete([Message("user", asked)])
    except ModelFault:
        return sequence
    return replace(sequence, introduction=" ".join(_borne_out(written, texts)))


def _borne_out(written: str, texts: list[str]) -> list[str]:
    """Return the first sentences of a reply that the quotes support."""
    told = (one_line(written[start:end]) for start, end in sentence_spans(written))
    sentences = (one for one in told if one and len(one.split()) <= _LONGEST)
    return [one for one in sentences if verify(one, texts).supported][:_MOST]
