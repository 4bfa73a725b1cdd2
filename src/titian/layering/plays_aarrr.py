"""Default plays for the stages of AARRR, from its top."""

from __future__ import annotations

from titian.domain.layer import Layer
from titian.layering.plays import layer, play

AARRR_STAGES: tuple[Layer, ...] = (
    layer(
        "referral",
        ("传播", "Referral"),
        ("走完核心路径，并且经常活跃", "has done the core path and is active often"),
        play(
            ("让他们带新人来", "have them bring others"),
            [
                ("双向奖励的邀请：邀请人和新人都得好处", "an invitation that rewards both sides"),
                ("给好分享的内容：战绩、海报、小程序卡片", "things worth sharing: results, posters, cards"),
                ("榜单与专属身份，公开感谢带来最多的人", "leader boards and a title; thank in public who brings most"),
            ],
            ["in_product", "wecom"],
            ("完成一件值得分享的事之后", "right after something worth sharing"),
        ),
    ),
    layer(
        "revenue",
        ("收入", "Revenue"),
        ("走完核心路径之后，一直用到了够久", "stayed long enough after doing the core path"),
        play(
            ("让留下来的人愿意付费、付得更多", "turn staying into paying, and paying into paying more"),
            [
                ("在最常用的地方给付费权益的试用", "a trial of what is paid for where they spend their time"),
                ("按偏好搭配、升级与订阅", "matches, upgrades and subscriptions to their taste"),
                (
                    "提高活跃频次：连续任务与积分，为传播铺路",
                    "streaks and points, so that they come often enough to spread",
                ),
            ],
            ["in_product", "push", "wecom"],
            ("每周一次", "weekly"),
        ),
    ),
    layer(
        "retention",
        ("留存", "Retention"),
        ("走完过核心路径，还没有留够时间", "has done the core path, not yet for long"),
        play(
            ("养成习惯：让第二次、第三次发生", "make it a habit: the second time and the third"),
            [
                ("完成后第 1、3、7、15 天提醒下一步", "the next step on days 1, 3, 7 and 15 after the first"),
                ("签到、任务和会员成长值", "check-ins, tasks and growth points"),
                ("沉默一变长就问一句哪里不好用", "ask what is in the way as soon as silence grows"),
            ],
            ["push", "wecom"],
            ("按完成后的天数", "by the days since they did it"),
        ),
    ),
    layer(
        "activation",
        ("激活", "Activation"),
        ("注册后有动作，还没有走完核心路径", "has done something since registering, not yet the core path"),
        play(
            ("带他走完一次核心路径", "lead them through the core path once"),
            [
                ("新手任务：一次只给一步，走到哪补到哪", "newcomer tasks, one step at a time, from where they stopped"),
                ("首次完成有礼，三天内有效", "a gift for the first time, good for three days"),
                ("查漏斗：哪一步掉得最多就先改哪一步", "look at the funnel and mend the step that loses most"),
            ],
            ["in_product", "push", "wecom"],
            ("注册后第 1、2、3 天", "on days 1, 2 and 3 after registering"),
        ),
    ),
    layer(
        "acquisition",
        ("获取", "Acquisition"),
        ("来过或下载了，没有注册；或注册后再没有动作", "seen but not registered, or registered and nothing since"),
        play(
            ("让人注册并迈出第一步", "win the registration and the first step"),
            [
                ("落地页先讲能得到什么，一步注册", "say what is in it on the landing page; register in one step"),
                ("新人礼只在注册后可用", "a welcome gift that only opens after registering"),
                (
                    "按渠道比较获客成本与激活率，钱投给好的渠道",
                    "compare cost and activation by channel; put the money there",
                ),
            ],
            ["in_product", "sms", "email"],
            ("首次到访后 24 小时内，再在第 3 天", "within a day of the first visit, and again on the third"),
        ),
    ),
)
