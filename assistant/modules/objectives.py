"""What participants will be able to do: an observable verb, what the module holds, a domain it serves."""

from assistant.modules.frameworks import Diploma
from assistant.modules.module import Objective, Sequence
from assistant.modules.speaking import named
from index.prompting import wording


def objectives_for(
    theme: str, sequences: tuple[Sequence, ...], diploma: Diploma | None
) -> tuple[Objective, ...]:
    """Return the objectives that the sequences serve, each with a domain of the diploma, if any."""
    made: list[Objective] = []

    def add(name: str, *abouts: str, **values: str) -> None:
        domain = diploma.domain_about(*abouts) if diploma else None
        told = f"{domain.code}, {domain.title}" if domain else ""
        made.append(Objective(wording(f"module-objectif-{name}").substitute(values), told))

    add("definir", "person", "project", theme=theme)
    if any(sequence.figures for sequence in sequences):
        add("chiffres", "analysis", "project")
    speakers = list(dict.fromkeys(voice.speaker for sequence in sequences for voice in sequence.voices))
    if len(speakers) > 1:
        add("comparer", "network", "analysis", one=named(speakers[0]), two=named(speakers[1]))
    cases = [quote for sequence in sequences for quote in sequence.case]
    if cases:
        add("analyser", "person", "project", titre=cases[0].title if cases[0].relayed else cases[0].section)
    add("proposer", "team", "project")
    return tuple(made)
