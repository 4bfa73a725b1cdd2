"""Notes beside figures: each is said in both languages, and its code is its own."""

import pytest

from titian.domain.note import Note
from titian.stats import cluster_notes, effect_notes

NOTES = [
    note
    for room in (cluster_notes, effect_notes)
    for note in (*vars(room).values(), *((cluster_notes.constant("spend"),) if room is cluster_notes else ()))
    if isinstance(note, Note)
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.code)
def test_a_note_is_a_sentence_in_each_language(note):
    assert note.text.en.endswith(".")
    assert note.text.zh.endswith("。")


@pytest.mark.parametrize("room", [cluster_notes, effect_notes])
def test_codes_are_unique(room):
    codes = [note.code for note in vars(room).values() if isinstance(note, Note)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(("customers", "said"), [(0, False), (1, True), (29, True), (30, False)])
def test_few_customers_are_said(customers, said):
    assert bool(effect_notes.on_size(customers)) is said
