"""Guesses: what a source seems to be, with what a person said of it taken as said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from titian.app.answers import imports as shown
from titian.domain.mapping import Mapping
from titian.errors import UnknownNameError
from titian.warehouse.guess import Guess, guess
from titian.warehouse.sources.batch import Sample


def guessed(
    sample: Sample, table: str | None, remembered: Sequence[Mapping], said: Mapping | None, *, whole: bool
) -> Guess:
    """What the source seems to be; a `whole` mapping that was said leaves nothing to guess but what it asks.

    Raises UnknownNameError when what was said names a column that is not there.
    """
    if said is None:
        return guess(sample, table, remembered=remembered)
    base = guess(sample, table or (said.table if whole else None), remembered=() if whole else remembered)
    _check_names(sample, base, said)
    mapping = said if whole else _merged(base.mapping, said)
    again = guess(sample, mapping.table, remembered=[mapping])
    if again.remembered:
        return replace(again, remembered=base.remembered)
    return _overruled(base, mapping)


def _check_names(sample: Sample, base: Guess, said: Mapping) -> None:
    targets = [target.name for target in base.targets]
    for target, source in said.columns.items():
        if target not in targets:
            raise UnknownNameError(f"column of {base.table}", f"{base.table} 列", target, targets)
        if source not in sample.columns:
            raise UnknownNameError(f"column of {sample.name}", f"{sample.name} 列", source, list(sample.columns))


def _merged(found: Mapping, said: Mapping) -> Mapping:
    """The guess with what was said put in its place."""
    taken = set(said.columns.values())
    kept = {target: source for target, source in found.columns.items() if source not in taken}
    update = {name: getattr(said, name) for name in said.model_fields_set if getattr(said, name) is not None}
    status = {**found.status_values, **said.status_values}
    return found.model_copy(update={**update, "columns": {**kept, **said.columns}, "status_values": status})


def _overruled(base: Guess, mapping: Mapping) -> Guess:
    """The guess with columns that were said against what the values look like: the rows themselves will tell."""
    targets = tuple(
        replace(target, source=(source := mapping.columns.get(target.name)), confidence=1.0 if source else 0.0)
        for target in base.targets
    )
    open_ones = tuple(question for question in base.questions if not _answered(question.field, mapping))
    complete = all(target.source for target in targets if target.required)
    return replace(
        base,
        targets=targets,
        mapping=mapping,
        questions=open_ones,
        confident=complete and not open_ones,
        remembered=False,
    )


def _answered(field: str, mapping: Mapping) -> bool:
    outer, _, inner = field.partition(".")
    value = getattr(mapping, outer, None)
    return inner in value if isinstance(value, dict) else value is not None


def guess_answer(sample: Sample, found: Guess, upload_id: str) -> shown.Guess:
    """A guess with the sample it was made from."""
    return shown.Guess(
        upload_id=upload_id,
        file_name=sample.name,
        format=sample.format,
        encoding=sample.encoding,
        delimiter=sample.delimiter,
        rows=sample.rows,
        table=found.table,
        columns=tuple(
            shown.SourceColumn(name=column.name, samples=column.samples, empty_share=column.empty_share)
            for column in found.columns
        ),
        targets=tuple(
            shown.TargetColumn(
                name=target.name,
                words=target.words,
                kind=target.kind,
                required=target.required,
                source=target.source,
                confidence=target.confidence,
                why=target.why,
            )
            for target in found.targets
        ),
        mapping=found.mapping,
        questions=tuple(
            shown.Question(field=question.field, text=question.text, choices=question.choices)
            for question in found.questions
        ),
        confident=found.confident,
        remembered=found.remembered,
    )
