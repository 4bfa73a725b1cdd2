"""Default plays for the stages of the customer lifecycle, from its height."""

from __future__ import annotations

from titian.domain.layer import Layer
from titian.layering.plays import layer, play

LIFECYCLE_STAGES: tuple[Layer, ...] = (
    layer(
        "maturity",
        ("成熟期", "Maturity"),
        (
            "增值期：反复购买，愿意分享；看复购率、分享率和单客价值",
            "grow: buys again and again, shares; watch repurchase, sharing and value per customer",
        ),
        play(
            ("差异化服务，养成分享的习惯", "serve them apart, and make sharing a habit"),
            [
                ("会员权益、专属客服、新品优先", "member rights, staff of their own, news first"),
                (
                    "购买或收货后邀请晒单与推荐，双方有礼",
                    "ask to show and refer after a purchase, with a gift for both",
                ),
                ("按偏好提升客单与品类宽度", "larger baskets and more categories, by their taste"),
            ],
            ["wecom", "staff", "in_product"],
            ("每月一次，购买后另加", "monthly, and after each purchase"),
        ),
    ),
    layer(
        "growth",
        ("成长期", "Growth"),
        (
            "增值期：已成首单或完整体验过，保持活跃；看日留存、活跃占比和新老比",
            "grow: first deal or full experience made, stays active; watch daily retention, active share, new against old",
        ),
        play(
            ("提活跃、保留存，促成第二单", "activity and retention, and the second deal"),
            [
                ("签到、任务、积分，给每天来的理由", "check-ins, tasks and points: a reason to come each day"),
                ("首单后第 3、10、25 天的第二单优惠", "an offer for the second order on days 3, 10 and 25"),
                ("推荐与首单相配的商品和内容", "goods and contents that match the first order"),
            ],
            ["push", "wecom", "in_product"],
            ("每周一次", "weekly"),
        ),
    ),
    layer(
        "introduction",
        ("导入期", "Introduction"),
        (
            "获客期：新来，还没有首单；看首单转化、渠道质量、获客成本与回报",
            "acquire: new, no first deal yet; watch conversion, quality of channels, acquisition cost and return",
        ),
        play(
            ("引导体验，促成首单", "guide them in, and win the first deal"),
            [
                ("新手引导：三步看到价值", "a guide that shows the value in three steps"),
                ("首单礼，限时、门槛低", "a first-order gift with a low bar and a deadline"),
                ("客服主动问需求，按渠道给不同的话", "staff ask for the need; words by the channel they came from"),
            ],
            ["in_product", "wecom", "sms"],
            ("到来后第 1、3、7 天", "on days 1, 3 and 7 after they came"),
        ),
    ),
    layer(
        "dormancy",
        ("休眠期", "Dormancy"),
        (
            "留存期：打开变少、停留变短，或沉默超出自己的节奏；看唤醒率",
            "keep: opens less, stays shorter, or is silent longer than their rhythm allows; watch the wake-up rate",
        ),
        play(
            ("趁早唤醒，弄清原因", "wake them early, and learn why"),
            [
                (
                    "给回来的理由：积分将到期、收藏降价、上新",
                    "a reason to return: points expiring, favourites cheaper, news",
                ),
                ("改善他们最后遇到的不满", "mend what displeased them last"),
                ("进入流失预警名单，价值高的由专人联系", "put them on the churn warning; staff call the valuable ones"),
            ],
            ["push", "wecom", "sms"],
            ("进入时一次，7 天后再一次", "on entering, and 7 days later"),
        ),
    ),
    layer(
        "churned",
        ("流失期", "Churned"),
        ("留存期：沉默已久；看召回率", "keep: long silent; watch the recall rate"),
        play(
            ("有选择地召回", "recall those who are worth it"),
            [
                ("按过去价值和流失原因分批召回，先小范围试", "recall by past value and by reason, a small part first"),
                ("用一个足够分量、有时限的回归礼", "one weighty return gift with a deadline"),
                ("两次不回应就停，避免打扰", "stop after two without answer"),
            ],
            ["sms", "email", "staff"],
            ("大促前，或产品有大改进时", "before the great sales, or when the product has much improved"),
        ),
    ),
)
