"""Default plays for layers of social value and identity, from the top of each."""

from __future__ import annotations

from titian.domain.layer import Layer
from titian.layering.plays import layer, play

SOCIAL_LAYERS: tuple[Layer, ...] = (
    layer(
        "creator",
        ("核心创作者", "Core creators"),
        ("发帖、回答最多的人，社区的内容靠他们", "they post and answer most: the community lives on what they make"),
        play(
            ("让创作得到看见和回报", "let what they make be seen and rewarded"),
            [
                (
                    "首页与专栏推荐，数据看板，专人对接",
                    "front page and columns, figures of their own, a person to talk to",
                ),
                ("创作激励：稿费、新品首发体验", "rewards: fees, first try of new products"),
                ("请他们带新作者，结成小组", "have them bring new authors, in small groups"),
            ],
            ["staff", "wecom", "in_product"],
            ("每周一次", "weekly"),
        ),
    ),
    layer(
        "contributor",
        ("贡献者", "Contributors"),
        ("常发言、常回应，离核心只差产量", "speak and answer often; only output parts them from the core"),
        play(
            ("把零散的贡献变成稳定的创作", "turn scattered contributions into steady ones"),
            [
                ("给选题和模板，降低动笔的门槛", "give topics and templates: make beginning easy"),
                ("连续创作任务与徽章", "streaks of tasks, and badges"),
            ],
            ["in_product", "push"],
            ("每周一次", "weekly"),
        ),
    ),
    layer(
        "participant",
        ("参与者", "Participants"),
        ("点赞、评论过，偶尔出声", "liked or commented: heard now and then"),
        play(
            ("从点赞到发言", "from liking to speaking"),
            [
                ("一句话就能参加的话题和投票", "topics and polls that take one sentence"),
                ("有人回应就及时提醒", "tell them at once when somebody answers"),
            ],
            ["push", "in_product"],
            ("每两周一次", "every two weeks"),
        ),
    ),
    layer(
        "lurker",
        ("潜水者", "Lurkers"),
        ("近期没有任何社交行为", "did nothing social lately"),
        play(
            ("找到让他们开口的第一件事", "find the first thing that makes them speak"),
            [
                ("推荐与其购买、浏览相关的内容和圈子", "content and circles close to what they buy and view"),
                ("第一次互动有奖励", "a reward for the first interaction"),
            ],
            ["push"],
            ("每月一次", "monthly"),
        ),
    ),
)

INFLUENCE_LAYERS: tuple[Layer, ...] = (
    layer(
        "kol",
        ("关键意见领袖 KOL", "KOL"),
        ("影响力最高的少数人，一句话带动一群人", "the few whose word moves many"),
        play(
            ("共创与长期合作", "make things together, for long"),
            [
                ("专人维护，签约或共创新品", "a person of their own; contracts or products made together"),
                ("专属邀请码与佣金，效果按人归因", "codes and commission of their own, results attributed to them"),
            ],
            ["staff", "wecom"],
            ("每两周一次", "every two weeks"),
        ),
    ),
    layer(
        "koc",
        ("关键意见消费者 KOC", "KOC"),
        ("在朋友和小圈子里说话有人听", "listened to among friends and in small circles"),
        play(
            ("让真实的体验传开", "let true experience spread"),
            [
                ("新品体验官，晒单有礼", "testers of new things; a gift for showing them"),
                ("邀请好友双方有奖，达标升级", "invites reward both sides, and lead to a rank"),
            ],
            ["wecom", "in_product"],
            ("每月一次", "monthly"),
        ),
    ),
    layer(
        "ordinary",
        ("普通用户", "Ordinary"),
        ("影响力在平均水平附近或以下", "about average influence, or less"),
        play(
            ("先做好体验，再谈传播", "experience first, then sharing"),
            [("购买后一键分享，内容替他们写好", "sharing in one tap after a purchase, with the words written")],
            ["in_product"],
            ("购买之后", "after a purchase"),
        ),
    ),
)

IDENTITY_LAYERS: tuple[Layer, ...] = (
    layer(
        "celebrity",
        ("名人用户", "Celebrities"),
        ("粉丝或影响力达到线：其言行带动其他所有人", "followers or influence above the line: they move all others"),
        play(
            ("请进来，留得住，用好影响力", "bring them in, keep them, and let their influence work"),
            [
                ("认证标识、首页位置、专属运营", "a verified mark, the front page, staff of their own"),
                ("首发、连线、线下活动", "premieres, talks and events"),
            ],
            ["staff"],
            ("每周一次", "weekly"),
        ),
    ),
    layer(
        "professional",
        ("专业用户", "Professionals"),
        ("职业经过认证，内容可信", "a verified profession: what they say is trusted"),
        play(
            ("让专业被需要", "let their skill be asked for"),
            [
                ("认证头衔、优先回答问题、付费咨询", "a title, first to answer, paid advice"),
                ("请他们审核内容、定标准", "have them review content and set standards"),
            ],
            ["staff", "in_product"],
            ("每两周一次", "every two weeks"),
        ),
    ),
    layer(
        "contributor",
        ("贡献用户", "Contributors"),
        ("贡献的内容达到线", "made enough of the content"),
        play(
            ("认可贡献，给出上升的路", "recognise what they give and show the way up"),
            [
                ("贡献榜、勋章、内测资格", "boards, medals, early access"),
                ("申请专业认证的入口", "a way to be verified as a professional"),
            ],
            ["in_product", "wecom"],
            ("每两周一次", "every two weeks"),
        ),
    ),
    layer(
        "active",
        ("活跃用户", "Active"),
        ("常来，但还没有贡献内容", "come often but give nothing yet"),
        play(
            ("从看到做", "from watching to doing"),
            [("签到、任务、投票：小步参与", "check-ins, tasks and polls: small steps")],
            ["push", "in_product"],
            ("每周一次", "weekly"),
        ),
    ),
    layer(
        "ordinary",
        ("普通用户", "Ordinary"),
        ("偶尔来", "come now and then"),
        play(
            ("养成来的习惯", "make coming a habit"),
            [("内容与优惠按偏好推送，别打扰", "content and offers by taste, and not too many")],
            ["push"],
            ("每月一次", "monthly"),
        ),
    ),
)
