"""Default plays: what the trade does for each layer, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from titian.domain.layer import Layer
from titian.domain.play import Channel, Play
from titian.domain.words import Words

Pair = tuple[str, str]


def play(aim: Pair, actions: Sequence[Pair], channels: Sequence[Channel], cadence: Pair) -> Play:
    """A play from (Chinese, English) pairs."""
    return Play(aim=_words(aim), actions=tuple(map(_words, actions)), channels=tuple(channels), cadence=_words(cadence))


def layer(key: str, name: Pair, meaning: Pair, of: Play) -> Layer:
    """A layer without its rank from (Chinese, English) pairs."""
    return Layer(key=key, name=_words(name), meaning=_words(meaning), play=of)


def _words(pair: Pair) -> Words:
    return Words(zh=pair[0], en=pair[1])


def matrix_play(lacking: Sequence[Words]) -> Play:
    """The play of a matrix layer: keep who is high on all, else work on what is low."""
    if not lacking:
        return play(
            ("留住并放大价值", "keep them and let them spread the word"),
            [
                ("专属权益与优先服务", "exclusive rights and priority service"),
                ("邀请分享与推荐", "ask them to share and refer"),
            ],
            ["wecom", "staff"],
            ("每月一次", "once a month"),
        )
    zh, en = "、".join(words.zh for words in lacking), ", ".join(words.en for words in lacking)
    return play(
        (f"改善{zh}", f"work on {en}"),
        [
            ("先问原因：随访或一题问卷", "ask why first: a call or a one-question survey"),
            (f"针对{zh}给一个小任务和对应奖励", f"set one small task on {en}, with a reward that fits"),
        ],
        ["push", "wecom"],
        ("每两周一次", "every two weeks"),
    )


EIGHT_VALUE_LAYERS: dict[tuple[bool, ...], Layer] = {
    (True, True, True): layer(
        "important_value",
        ("重要价值客户", "Champions"),
        ("近、勤、多：最近买过，买得勤，花得多", "recent, frequent, spends much"),
        play(
            ("保持：让最好的客户一直被看重", "keep: let the best customers feel it"),
            [
                ("配专属 VIP 服务团队，响应有时限", "an own VIP service team with a response time"),
                ("专属权益、优先购与定期礼遇", "exclusive rights, early access, regular gifts"),
                ("公开认可，请他们分享和推荐", "recognise them in public; ask them to share and refer"),
            ],
            ["staff", "wecom"],
            ("每月一次，生日与节日另加", "monthly, and on birthdays and festivals"),
        ),
    ),
    (True, False, True): layer(
        "important_develop",
        ("重要发展客户", "High-value, infrequent"),
        ("近、疏、多：最近买过，花得多，但次数少", "recent and big, but seldom"),
        play(
            ("提频：给他们再来的理由", "raise frequency: give reasons to return"),
            [
                ("带入产品：新品、搭配与会员任务", "bring them into the product: news, matches, member tasks"),
                ("检查他们走过的每一步，改善体验", "walk their path and improve what they meet"),
                ("下单后第 14、30 天发复购券", "a return coupon 14 and 30 days after the order"),
            ],
            ["push", "wecom", "email"],
            ("每两周一次", "every two weeks"),
        ),
    ),
    (False, True, True): layer(
        "important_keep",
        ("重要保持客户", "High-value, drifting"),
        ("远、勤、多：曾经买得勤、花得多，近来没有", "was frequent and big, not lately"),
        play(
            ("唤回：他们曾经忠诚，别让关系断掉", "bring back: they were loyal, stay in touch"),
            [
                ("邮件、站内与短信定期联系，先问缘由", "mail, push and SMS at regular times; ask first what changed"),
                ("按过去的偏好推荐上新", "what is new in what they used to buy"),
                ("老客专属回归礼", "a welcome-back gift for old customers only"),
            ],
            ["email", "push", "sms"],
            ("每周一次，连续四周", "weekly for four weeks"),
        ),
    ),
    (False, False, True): layer(
        "important_retain",
        ("重要挽留客户", "High-value, lost"),
        ("远、疏、多：曾有大额，次数少，很久没来", "big once, seldom, long ago"),
        play(
            ("挽留：有限的预算先用在这里", "win back: the best place for a scarce budget"),
            [
                ("先预警：联系变得很少时主动联系", "warn early: reach out when contact becomes rare"),
                ("由专人电话或私聊回访，记下原因", "a call or private chat by staff; note the reason"),
                ("给有分量、有时限的回归权益", "a weighty offer with a deadline"),
            ],
            ["staff", "sms", "wecom"],
            ("预警时一次，7 天后再一次", "at the warning, and again after 7 days"),
        ),
    ),
    (True, True, False): layer(
        "general_value",
        ("一般价值客户", "Frequent, small"),
        ("近、勤、少：最近买过，买得勤，单笔不大", "recent, frequent, spends little"),
        play(
            ("提客单：把篮子做大", "grow the basket"),
            [
                ("满减券，门槛略高于其平均客单", "spend-X-save-Y just above their usual basket"),
                ("跨品类券与搭配推荐", "cross-category coupons and matches"),
                ("按偏好定向促销", "promotions aimed at their taste"),
            ],
            ["push", "wecom"],
            ("每周一次", "weekly"),
        ),
    ),
    (True, False, False): layer(
        "general_develop",
        ("一般发展客户", "Newcomers"),
        ("近、疏、少：最近才来，买得少，多为新客", "recent, seldom, little; mostly new"),
        play(
            ("促成第二单", "win the second order"),
            [
                ("有问必答、答得快", "answer every question, fast"),
                ("新客权益与第二单优惠", "newcomer benefits and a second-order offer"),
                ("节日提醒，了解真实需求", "festival reminders; find the need"),
            ],
            ["wecom", "push"],
            ("首单后第 3、10、25 天", "on days 3, 10 and 25 after the first order"),
        ),
    ),
    (False, True, False): layer(
        "general_keep",
        ("一般保持客户", "Fading regulars"),
        ("远、勤、少：曾经常来，花得不多，近来没有", "frequent once, little, not lately"),
        play(
            ("利益与情感并用，弄清哪里让人失望", "benefit and feeling; something disappointed them"),
            [
                ("回访：哪里没做好", "ask what went wrong"),
                ("小额回归券加一句真诚的问候", "a small return coupon and an honest word"),
                ("用积分到期提醒带回来", "remind them of points about to expire"),
            ],
            ["wecom", "sms"],
            ("每月一次", "monthly"),
        ),
    ),
    (False, False, False): layer(
        "general_retain",
        ("一般挽留客户", "Hibernating"),
        ("远、疏、少：三项都低", "low on all three"),
        play(
            ("预算紧时可放弃，只留低成本触达", "let go when the budget is short; low-cost touches only"),
            [
                ("大促时顺带触达", "include them in the great sales"),
                ("连续不回应则停发，避免打扰", "stop after no answer; do not pester"),
            ],
            ["email", "push"],
            ("仅 618、双 11 等大促", "at the great sales only"),
        ),
    ),
}
"""The eight value layers by high recency, high frequency, high money (domain knowledge of the trade)."""

VALUE_LEVELS: tuple[Layer, ...] = (
    layer(
        "active",
        ("存量用户", "Active"),
        ("还在买，花得多", "still buying, spends above the cut"),
        EIGHT_VALUE_LAYERS[True, True, True].play,
    ),
    layer(
        "potential",
        ("高潜力用户", "Potential"),
        ("还在买，花得还不多", "still buying, spends little so far"),
        EIGHT_VALUE_LAYERS[True, True, False].play,
    ),
    layer(
        "at_risk",
        ("预流失用户", "At risk"),
        ("沉默超过预警时间", "silent longer than the warning time"),
        EIGHT_VALUE_LAYERS[False, False, True].play,
    ),
    layer(
        "churned",
        ("流失用户", "Churned"),
        ("沉默超过流失时间", "silent longer than the churn time"),
        EIGHT_VALUE_LAYERS[False, False, False].play,
    ),
)

GRADES: tuple[Layer, ...] = (
    layer(
        "s5",
        ("5 分客户", "Score 5 of 5"),
        ("加权总分 4.5 及以上，最好的一档", "the best: weighted total of 4.5 or more"),
        EIGHT_VALUE_LAYERS[True, True, True].play,
    ),
    layer(
        "s4",
        ("4 分客户", "Score 4 of 5"),
        ("加权总分 3.5 至 4.5", "weighted total from 3.5 to 4.5"),
        EIGHT_VALUE_LAYERS[True, False, True].play,
    ),
    layer(
        "s3",
        ("3 分客户", "Score 3 of 5"),
        ("加权总分 2.5 至 3.5", "weighted total from 2.5 to 3.5"),
        EIGHT_VALUE_LAYERS[True, True, False].play,
    ),
    layer(
        "s2",
        ("2 分客户", "Score 2 of 5"),
        ("加权总分 1.5 至 2.5", "weighted total from 1.5 to 2.5"),
        EIGHT_VALUE_LAYERS[False, True, False].play,
    ),
    layer(
        "s1",
        ("1 分客户", "Score 1 of 5"),
        ("加权总分低于 1.5，最低的一档", "the lowest: weighted total below 1.5"),
        EIGHT_VALUE_LAYERS[False, False, False].play,
    ),
)
