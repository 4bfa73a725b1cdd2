"""Stages: what a load is busy with, in words for the progress bar."""

from __future__ import annotations

from titian.domain.words import Words

READING = Words(zh="读取文件", en="reading the file")
CHECKING = Words(zh="检查数据", en="checking the rows")
PARSING = Words(zh="识别时间和金额", en="reading times and amounts")
SHAPING = Words(zh="整理订单", en="putting orders together")
MERGING = Words(zh="写入数据仓库", en="writing to the warehouse")
TAKING_BACK = Words(zh="撤回这一批", en="taking the batch back")
REBUILDING = Words(zh="用 landing 重建数据仓库", en="rebuilding the warehouse from landing")
ERASING = Words(zh="删除客户", en="erasing customers")
