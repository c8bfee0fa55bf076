"""What a model writes of the quotes is kept when they bear it out, and only then."""

from collections.abc import Iterator, Sequence

from assistant.modules import Module
from assistant.modules.introducing import introduced
from index.errors import ModelFault
from index.llm import Message


class Scripted:
    """A model that answers with the first quote it is given and a figure that it makes up."""

    name, place, local, context = "scripted", "ici", True, 8_192

    def __init__(self) -> None:
        self.asked: list[str] = []

    def complete(self, messages: Sequence[Message]) -> str:
        self.asked.append(messages[-1].content)
        quote = messages[-1].content.split("«\u00a0", 1)[1].split("\n")[0].rsplit("\u00a0»", 1)[0]
        return f"{quote.rstrip('.')}. En 2021, 94 % des équipes en ont tiré un bénéfice."

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        yield self.complete(messages)


class Silent(Scripted):
    """A model that does not answer."""

    def complete(self, messages: Sequence[Message]) -> str:
        raise ModelFault("le modèle ne répond pas", "pas de réponse")


def test_only_what_the_quotes_bear_out_is_kept(empowerment: Module) -> None:
    model = Scripted()
    module = introduced(model, empowerment)
    told = [sequence for sequence in module.sequences if sequence.introduction]
    assert len(told) == len(model.asked) == sum(bool(one.all_quotes) for one in module.sequences)
    assert all("94 %" not in sequence.introduction for sequence in told)
    assert told[0].quotes[0].text.rstrip(".") in told[0].introduction


def test_a_model_that_fails_changes_nothing(empowerment: Module) -> None:
    assert introduced(Silent(), empowerment) == empowerment
