"""Default plays for layerings of stages: the brand's relation to its people, growth, and stages of the team's own."""

from __future__ import annotations

from titian.domain.layer import Layer
from titian.domain.play import Play
from titian.domain.words import Words
from titian.layering.plays import layer, play

NO_STAGE: Layer = layer(
    "none",
    ("机会人群", "Opportunity (O)"),
    ("还没有达到任何阶段，不参与排名", "has reached no stage; outside the ranking"),
    play(
        ("先让他们看见", "be seen by them first"),
        [
            ("在他们出现的渠道投放，按相似人群找人", "be where they are; look for people like the good ones"),
            ("曾经来过的，用一件新鲜事重新打招呼", "greet those who once came with something new"),
        ],
        ["email", "sms"],
        ("大促和上新时", "at the great sales and with news"),
    ),
)


def stage_play(name: Words, following: Words | None) -> Play:
    """The play of a stage of the team's own: towards the next one, or to keep the last."""
    if following is None:
        return play(
            (f"留住“{name.zh}”的客户", f"keep the customers of “{name.en}”"),
            [
                ("专属服务与权益", "service and rights of their own"),
                ("请他们分享经历、带来新人", "ask them to tell of it and bring others"),
            ],
            ["wecom", "staff"],
            ("每月一次", "monthly"),
        )
    return play(
        (f"从“{name.zh}”带到“{following.zh}”", f"lead them from “{name.en}” to “{following.en}”"),
        [
            (f"说清“{following.zh}”能得到什么", f"say what is in “{following.en}” for them"),
            ("给一个容易的下一步和对应的奖励", "offer one easy next step, with a reward that fits"),
        ],
        ["push", "wecom"],
        ("每两周一次", "every two weeks"),
    )


AWARE = play(
    ("从看见到感兴趣", "from seeing to wanting to know"),
    [
        ("同一件事换角度再讲一次，频次有上限", "tell it again from another side, with a cap on how often"),
        (
            "用短内容和试用引到搜索、收藏、关注",
            "short contents and samples that lead to search, favourites and follows",
        ),
    ],
    ["in_product", "push"],
    ("首次接触后 3 天内", "within three days of the first contact"),
)
INTEREST = play(
    ("从感兴趣到下单", "from interest to the first order"),
    [
        ("收藏、加购降价提醒", "tell when favourites and carts become cheaper"),
        ("评价、对比和客服答疑，打消顾虑", "reviews, comparisons and answers that settle doubts"),
        ("首单优惠，限时", "a first-order offer with a deadline"),
    ],
    ["push", "wecom"],
    ("兴趣行为后 24 小时内，再在第 3 天", "within a day of the sign of interest, and on the third"),
)
PURCHASE = play(
    ("从买一次到再来", "from one purchase to the next"),
    [
        ("用好它：使用指导和售后回访", "help them use it well, and ask how it was"),
        ("入会礼与第二单优惠", "a gift for joining and an offer for the second order"),
        ("补货、换季与搭配提醒", "reminders of refills, seasons and matches"),
    ],
    ["wecom", "sms", "push"],
    ("收货后第 3、14、30 天", "on days 3, 14 and 30 after it arrived"),
)
LOYALTY = play(
    ("让忠诚被看见，并开口推荐", "let loyalty be seen, and let it speak"),
    [
        ("会员专属权益与优先体验", "member rights and early access"),
        ("邀请晒单、共创和推荐，双方有礼", "ask them to show, to create with you and to refer; gifts for both"),
        ("由专人服务，定期听取意见", "staff of their own who listen regularly"),
    ],
    ["staff", "wecom"],
    ("每月一次，生日与节日另加", "monthly, and on birthdays and festivals"),
)
ADVOCACY = play(
    ("给拥护者舞台", "give advocates a stage"),
    [
        ("体验官、社群主理人等身份", "titles: first testers, hosts of groups"),
        ("让好评与分享被更多人看到，并致谢", "show their praise and shares to others, and thank them"),
        ("推荐奖励按带来的结果给", "reward referrals by what they brought"),
    ],
    ["staff", "wecom", "in_product"],
    ("有新品和活动时先邀请他们", "invite them first to news and events"),
)

BRAND_LAYERS: dict[str, Layer] = {
    one.key: one
    for one in (
        layer(
            "aware",
            ("认知", "Aware"),
            ("最近被动接触过：曝光、点击或浏览一次", "a passive contact lately: an exposure, a click, one view"),
            AWARE,
        ),
        layer(
            "interest",
            ("兴趣", "Interest"),
            (
                "最近主动了解：搜索、多次浏览、收藏、加购、关注或入会",
                "an active one lately: search, several views, favourite, cart, follow, join",
            ),
            INTEREST,
        ),
        layer("purchase", ("购买", "Purchase"), ("在较长窗口内买过", "has bought within a long window"), PURCHASE),
        layer(
            "loyalty",
            ("忠诚", "Loyalty"),
            ("一年内在多个日子买过", "has bought on several days within a year"),
            LOYALTY,
        ),
        layer("advocacy", ("拥护", "Advocacy"), ("好评、分享或推荐过", "has praised, shared or referred"), ADVOCACY),
        layer(
            "appeal",
            ("吸引", "Appeal"),
            ("被打动：多次浏览、点赞、收藏或关注", "drawn to it: several views, likes, favourites or follows"),
            INTEREST,
        ),
        layer(
            "ask",
            ("问询", "Ask"),
            ("主动打听：搜索、加购、评论、提问或入会", "asks around: search, cart, comment, question, join"),
            INTEREST,
        ),
        layer("act", ("行动", "Act"), ("在较长窗口内买过", "has bought within a long window"), PURCHASE),
        layer("advocate", ("拥护", "Advocate"), ("好评、分享或推荐过", "has praised, shared or referred"), ADVOCACY),
    )
}
"""The stages of AIPL, 5A and 4A by their keys."""

GROWTH_LAYERS: dict[str, Layer] = {
    one.key: one
    for one in (
        layer("reached", ("引流", "Reached"), ("来过：有过任何行为", "came: has done anything at all"), AWARE),
        layer("bought", ("成交", "Bought"), ("买过一次", "has bought once"), PURCHASE),
        layer(
            "bought_again",
            ("复购", "Bought again"),
            ("在两个以上的日子买过", "has bought on two or more days"),
            LOYALTY,
        ),
        layer(
            "brought_others",
            ("裂变", "Brought others"),
            ("有人受其邀请而加入", "somebody joined on their invitation"),
            ADVOCACY,
        ),
    )
}
"""The stages of growth by their keys."""
