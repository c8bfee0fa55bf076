import pytest

from assistant.modules import Module, editing
from assistant.modules.module import SequenceKind
from index.errors import UsageError
from index.library import Library
from tests.assistant.modules.faults import stands


def test_a_sequence_removed_leaves_its_time_to_the_others(empowerment: Module) -> None:
    edited = editing.without_sequence(empowerment, 2)
    assert edited.minutes == empowerment.minutes
    assert len(edited.sequences) == len(empowerment.sequences) - 1
    assert empowerment.sequences[2].title not in [one.title for one in edited.sequences]


def test_a_sequence_moves(empowerment: Module) -> None:
    edited = editing.moved_sequence(empowerment, 1, 2)
    assert edited.sequences[2] == empowerment.sequences[1]
    assert edited.sequences[1] == empowerment.sequences[2]
    assert edited.minutes == empowerment.minutes


def test_a_sequence_gets_another_length_and_the_sum_stays(empowerment: Module) -> None:
    edited = editing.lasting(empowerment, 1, 60)
    assert edited.sequences[1].minutes == 60
    assert edited.minutes == empowerment.minutes


def test_a_length_that_leaves_no_room_is_refused(empowerment: Module) -> None:
    with pytest.raises(UsageError, match="peut durer"):
        editing.lasting(empowerment, 1, empowerment.minutes)


def test_the_whole_module_gets_another_duration(empowerment: Module) -> None:
    edited = editing.lasting_in_all(empowerment, 120)
    assert edited.minutes == edited.request.minutes == 120


def test_a_passage_is_replaced_by_the_next_best(empowerment: Module, fiches: Library) -> None:
    sequence = next(one for one in empowerment.sequences if one.kind is SequenceKind.INPUT)
    quote = sequence.quotes[0]
    edited = editing.replaced_quote(empowerment, quote)
    shown = [one for each in edited.sequences for one in each.all_quotes]
    assert quote not in shown
    assert empowerment.reserve[0] in shown
    assert edited.reserve[-1] == quote
    assert all(stands(fiches, one) for one in shown)


def test_a_passage_is_removed(empowerment: Module) -> None:
    quote = empowerment.sequences[1].quotes[0]
    assert quote not in editing.without_quote(empowerment, quote).sequences[1].quotes


def test_a_question_is_made_again_on_other_passages(empowerment: Module) -> None:
    for place in range(len(empowerment.quiz)):
        edited = editing.regenerated_question(empowerment, place)
        assert edited.quiz[place] != empowerment.quiz[place]
        assert edited.quiz[place] in empowerment.spare
        others = [one for rank, one in enumerate(edited.quiz) if rank != place]
        asked = {quote for one in others for quote in one.proofs}
        assert not asked & set(edited.quiz[place].proofs)


def test_questions_are_removed_and_moved(empowerment: Module) -> None:
    assert empowerment.quiz[0] not in editing.without_question(empowerment, 0).quiz
    assert editing.moved_question(empowerment, 0, 3).quiz[3] == empowerment.quiz[0]


def test_a_place_that_there_is_not_is_refused(empowerment: Module) -> None:
    with pytest.raises(UsageError, match="numéro 100"):
        editing.without_question(empowerment, 99)
