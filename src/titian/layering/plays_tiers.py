"""Default plays of membership tiers (会员等级)."""

from __future__ import annotations

from titian.domain.play import Play
from titian.layering.plays import play

TIERS: dict[str, Play] = {
    "senior_partner": play(
        ("共建：让他们带动整个会员体系", "build with them: they move the whole club"),
        [
            ("专属群与专属客服，新品先试、共同定价", "an own group and own staff; first to try, heard on prices"),
            ("推荐分成按月结清并公布榜单", "commission on referred sales paid monthly, with a public board"),
            (
                "保级到期前三十天提醒并给补救任务",
                "a reminder thirty days before the review, with a task that saves the tier",
            ),
        ],
        ["staff", "wecom"],
        ("每周一次，评定前另加", "weekly, and before each review"),
    ),
    "partner": play(
        ("扶持：帮他们达成高级合伙人的门槛", "support: help them up to senior partner"),
        [
            ("加入合伙人群，每日任务清单", "the partners' group with a daily task list"),
            ("分享素材包与专属邀请码", "material to share and an own invite code"),
            ("说清楚离上一级还差多少", "say how much is missing to the next tier"),
        ],
        ["wecom", "push"],
        ("每两周一次", "every two weeks"),
    ),
    "member": play(
        ("转化：让会员看到成为合伙人的好处", "convert: show members what partners get"),
        [
            ("入会礼与首个升级任务", "a joining gift and a first task towards partner"),
            ("展示真实合伙人的故事与收益", "stories and earnings of real partners"),
        ],
        ["push", "sms"],
        ("每月一次", "once a month"),
    ),
}
