"""experiment, sizes: whether a play worked, and how many customers it takes to tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from titian.app import experiments
from titian.app.answers.experiment import ComparisonInfo, Experiment
from titian.app.experiments import LEVEL, MATTERS, POWER, ExperimentAsked
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, pairs, parameters
from titian.cli.screen import note, number, print_json, print_table, print_text, share

Correction = Literal["holm", "bh", "none"]
Empty = Literal["refuse", "zero", "leave_out"]
Level = Annotated[float, typer.Option(help="The level of intervals.")]


def experiment(
    file: Annotated[Path, typer.Argument(help="A table of one row per customer: csv, tsv, xlsx, parquet, jsonl.")],
    arm: Annotated[str, typer.Option(help="The column that says in which arm a customer is.")],
    control: Annotated[str, typer.Option(help="The arm that nothing touched.")],
    metric: Annotated[list[str], typer.Option(help="A column of numbers, or a ratio: aov=spend/orders. Repeat it.")],
    covariate: Annotated[
        list[str] | None, typer.Option(help="What was known before, by metric: spend=history. Repeat it.")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="The column of the layer on the day of the split.")] = None,
    split: Annotated[
        list[str] | None, typer.Option(help="The part of an arm, unless equal: none=0.1. Say it for every arm.")
    ] = None,
    lower_is_better: Annotated[list[str] | None, typer.Option(help="A metric that should fall. Repeat it.")] = None,
    matters: Annotated[float, typer.Option(help="The smallest effect worth having, of the control's mean.")] = MATTERS,
    level: Level = LEVEL,
    correction: Annotated[Correction, typer.Option(help="How p values regard their number.")] = "holm",
    peeking: Annotated[bool, typer.Option("--peeking", help="Intervals that hold however often one looks.")] = False,
    planned: Annotated[
        int | None, typer.Option(help="With --peeking: how many customers there will be, said before the first look.")
    ] = None,
    empty: Annotated[Empty, typer.Option(help="What an empty outcome means.")] = "refuse",
    customer: Annotated[str | None, typer.Option(help="The column of ids, to check that each has one row.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the comparisons to a .csv, .xlsx or .parquet file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare every arm of an experiment with its control, in all and by layer, with a verdict."""
    asked = ExperimentAsked(
        arm=arm,
        control=control,
        metrics=_metrics(metric),
        covariates={name: experiments.columns_in(one) for name, one in pairs(covariate, "--covariate").items()},
        layer=layer,
        split=parameters(split, "--split") or None,
        lower_is_better=tuple(lower_is_better or ()),
        level=level,
        matters=matters,
        correction=correction,
        peeking=planned if peeking and planned is not None else peeking,
        empty=empty,
        customer=customer,
    )
    found = experiments.analyzed(file, asked)
    if out is not None:
        experiments.write(found, out)
    shown = experiments.answer(found)
    print_json(shown) if as_json else _print(shown)
    if out is not None and not as_json:
        print_text(say(f"结果已写入 {out}", f"comparisons written to {out}"))


def _metrics(given: list[str]) -> dict[str, str | tuple[str, str]]:
    named = pairs([one if "=" in one else f"{one}={one}" for one in given], "--metric")
    return {name: experiments.columns_in(one) if one != name else one for name, one in named.items()}


def _print(found: Experiment) -> None:
    ratio = found.sample_ratio
    print_text(f"{'! ' if ratio.mismatch else ''}{said(ratio.sentence)}")
    for one in found.comparisons:
        print_text(f"· {said(one.sentence)}")
    headings = (
        *([say("层级", "layer")] if found.layer else []),
        say("指标", "metric"),
        say("组", "arm"),
        say("客户数", "customers"),
        say("对照组", "control"),
        say("均值", "mean"),
        say("变化", "change"),
        say("区间", "interval"),
        "p",
        say("校正后", "adjusted"),
        say("结论", "verdict"),
    )
    rows = [_row(one, layered=bool(found.layer)) for one in (*found.comparisons, *found.by_layer)]
    first = 3 if found.layer else 2
    print_table(headings, rows, frozenset(range(first, first + 7)))
    for one in found.comparisons:
        for remark in one.notes:
            note(f"! {one.metric}, {one.arm}: {said(remark.text)}")
    for remark in found.notes:
        if remark.code != "split_off":
            note(f"! {said(remark.text)}")


def _row(one: ComparisonInfo, *, layered: bool) -> tuple[str, ...]:
    change, low, high = one.relative, one.relative_low, one.relative_high
    return (
        *([one.layer or say("全部", "all")] if layered else []),
        one.metric,
        one.arm,
        number(one.customers),
        _mean(one.control_mean, one),
        _mean(one.mean, one),
        share(change) if change is not None else _mean(one.difference, one),
        f"{share(low)} … {share(high)}" if low is not None else f"{_mean(one.low, one)} … {_mean(one.high, one)}",
        _p(one.p_value),
        _p(one.p_adjusted),
        said(one.verdict_words),
    )


def _p(value: float | None) -> str:
    return "< 0.0001" if value is not None and value < 0.0001 else number(value, 4)


def _mean(value: float | None, of: ComparisonInfo) -> str:
    if of.is_share:
        return share(value)
    return number(value, 4 if value is not None and abs(value) < 10 else 2)


def sizes(
    share: Annotated[float | None, typer.Option(help="The metric is this share of customers: 0.12.")] = None,
    mean: Annotated[float | None, typer.Option(help="Or it has this mean; say --deviation, too.")] = None,
    deviation: Annotated[float | None, typer.Option(help="Its standard deviation among customers.")] = None,
    effect: Annotated[float | None, typer.Option(help="The effect that matters, of the mean: 0.05.")] = None,
    customers: Annotated[int | None, typer.Option(help="How many customers there are in all.")] = None,
    holdout: Annotated[float | None, typer.Option(help="The part that is held out: 0.1.")] = None,
    power: Annotated[float, typer.Option(help="The chance to see the effect if it is there.")] = POWER,
    level: Level = LEVEL,
    peeking: Annotated[bool, typer.Option("--peeking", help="With intervals that hold at any look.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find how many customers an experiment takes, how many to hold out, or what effect it shows."""
    found = experiments.sized(
        share=share,
        mean=mean,
        deviation=deviation,
        effect=effect,
        customers=customers,
        holdout=holdout,
        power=power,
        level=level,
        peeking=peeking,
    )
    print_json(found) if as_json else print_text(said(found.sentence))


COMMANDS: Commands = {"experiment": experiment, "sizes": sizes}
