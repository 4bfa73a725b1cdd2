"""What the console says in each language, as an operator reads it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Said:
    language: str
    overview: str
    champions: str
    play: str
    see: str
    export: str
    excel: str
    why: str
    gaps: str
    timeline: str
    stage: str
    look_back: str
    cuts: str
    recency_cut: str
    would_move: str
    save: str
    undo: str
    events_mean: str
    no_meaning: str
    published: str
    flows: str
    as_table: str
    import_orders: str
    start_import: str
    rejected: str
    bad_amount: str
    see_layers: str
    unchanged: str
    compare: str
    days_earlier: str
    search: str
    history: str
    month: str
    split_test: str
    same_day: str
    who_moved: str
    median_stay: str
    together: str
    by_share: str
    new_layering: str
    name: str
    live: str
    vip: str
    save_layering: str
    definition: str
    remove: str
    yes_remove: str
    removed: str
    from_nothing: str
    condition: str
    group: str
    value: str
    trait: str
    orders: str
    save_audience: str
    save_name: str
    rule: str
    new_tag: str
    many: str
    paste: str
    give: str
    report: str
    new_note: str
    add_note: str
    notes: str
    find_notes: str
    delete: str
    add_tag: str
    tags: str


ZH = Said(
    language="zh",
    overview="总览",
    champions="重要价值客户",
    play="运营策略",
    see="查看",
    export="导出",
    excel="Excel（xlsx）",
    why="为什么在这里",
    gaps="距离核心客户还差什么",
    timeline="时间线",
    stage="阶段",
    look_back="查看历史",
    cuts="切分",
    recency_cut="距上次购买的切分值",
    would_move="位客户会移动",
    save="存为版本",
    undo="撤销",
    events_mean="行为含义",
    no_meaning="没有已知含义",
    published="已发布版本",
    flows="流转",
    as_table="看表格",
    import_orders="导入订单",
    start_import="开始导入",
    rejected="未通过的行",
    bad_amount="无法识别为金额",
    see_layers="看分层",
    unchanged="未变",
    compare="对比 30 天前",
    days_earlier="90 天前",
    search="搜索",
    history="历史",
    month="每月",
    split_test="分层检验",
    same_day="同一天",
    who_moved="谁换了层",
    median_stay="各层停留天数中位数",
    together="一起出现的层",
    by_share="占行",
    new_layering="新建分层",
    name="名称",
    live="实时人数",
    vip="贵宾",
    save_layering="保存分层",
    definition="定义",
    remove="删除这个分层",
    yes_remove="删除",
    removed="已删除",
    from_nothing="从空白开始",
    condition="条件",
    group="条件组",
    value="值",
    trait="指标",
    orders="购买次数",
    save_audience="保存人群",
    save_name="保存",
    rule="圈选规则",
    new_tag="新建标签",
    many="批量打标",
    paste="客户编号，以空格、逗号或换行分隔",
    give="打上标签",
    report="处理结果",
    new_note="写一条备注",
    add_note="添加备注",
    notes="备注",
    find_notes="在全部备注中搜索",
    delete="删除",
    add_tag="加标签",
    tags="标签",
)
EN = Said(
    language="en",
    overview="Overview",
    champions="Champions",
    play="Play",
    see="See",
    export="Export",
    excel="Excel (xlsx)",
    why="Why here",
    gaps="What is lacking to be core",
    timeline="Timeline",
    stage="Stage",
    look_back="Look back",
    cuts="Cuts",
    recency_cut="Cut of time since last order",
    would_move="customers would move",
    save="Save as version",
    undo="Undo",
    events_mean="What events mean",
    no_meaning="no known meaning",
    published="is published",
    flows="Flows",
    as_table="As a table",
    import_orders="Import orders",
    start_import="Start the import",
    rejected="Rejected rows",
    bad_amount="amount",
    see_layers="See the layers",
    unchanged="Unchanged",
    compare="vs 30 days earlier",
    days_earlier="90 days earlier",
    search="Search",
    history="History",
    month="every month",
    split_test="Split test",
    same_day="on the same day",
    who_moved="Who moved",
    median_stay="Median stay per layer",
    together="What comes together",
    by_share="Share of line",
    new_layering="New layering",
    name="Name",
    live="Live counts",
    vip="VIP",
    save_layering="Save the layering",
    definition="Definition",
    remove="Remove this layering",
    yes_remove="Remove",
    removed="is removed",
    from_nothing="Start from nothing",
    condition="Condition",
    group="Group",
    value="value",
    trait="trait",
    orders="Orders",
    save_audience="Save audience",
    save_name="Save",
    rule="Rule",
    new_tag="New tag",
    many="Many at once",
    paste="Customer ids, between blanks, commas or lines",
    give="Give the tag",
    report="What came of it",
    new_note="Write a note",
    add_note="Add note",
    notes="Notes",
    find_notes="Search in all notes",
    delete="Delete",
    add_tag="Add a tag",
    tags="Tags",
)

both = pytest.mark.parametrize("said", [ZH, EN], ids=["zh", "en"])
both_in_full = pytest.mark.parametrize("said", [ZH, pytest.param(EN, marks=pytest.mark.full)], ids=["zh", "en"])
"""Chinese always, English among the long tests: for what the story, which is told in both, does not rest on."""
