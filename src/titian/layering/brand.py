"""Brand relation: AIPL(A), the five A of Kotler and the four A of retail, as stages."""

from __future__ import annotations

from pydantic import PositiveInt

from titian.domain.layer import Layer
from titian.domain.words import Words
from titian.layering.plays_stages import BRAND_LAYERS
from titian.layering.staged import Ladder, Signal, Stage

PASSIVE = ("exposure", "click", "view")
ASKING = ("search", "cart", "comment", "reply", "join")
SPOKEN = ("praise", "share", "refer")


class BrandLadder(Ladder):
    """What the three share: the names of their stages and how each is reached."""

    def named(self, stage: Stage) -> Layer:
        """The trade's name and play of a stage."""
        return BRAND_LAYERS[stage.key]


def _stage(key: str, *signals: Signal) -> Stage:
    return Stage(key=key, name=BRAND_LAYERS[key].name, signals=signals)


def _did(*events: str, days: int, least: int = 1) -> Signal:
    return Signal(events=events, least=least, window_days=days)


def _bought(days: int, least: int = 1) -> Signal:
    return Signal(counted="purchase_days", least=least, window_days=days)


class AIPL(BrandLadder):
    """Aware, interest, purchase, loyalty, and advocacy as a fifth on request; the highest stage counts, else *none*.

    aware: any exposure, click or view in `aware_days`; interest: a search, two or more views, a favourite, cart, follow
    or joining in `interest_days`; purchase: bought in `purchase_days`; loyalty: bought on `loyalty_purchase_days` or more
    local days in `loyalty_days`. Praise, sharing and referring in `loyalty_days` make the fifth stage where `advocacy`
    is on, and count for loyalty where it is off. Who is in no stage is in *none*: the people of opportunity (O).

    Purchases are paid orders not fully refunded; before the first order that is known of anybody, events that mean
    purchase stand for them. Needs: orders or events. Source: the AIPL of Alibaba's brand databank; windows are usual.
    """

    kind = "aipl"
    words = Words(zh="品牌关系 AIPL", en="Brand relation (AIPL)")
    meaning = Words(
        zh="认知、兴趣、购买、忠诚（、拥护），取达到的最高一级",
        en="aware, interest, purchase, loyalty (, advocacy): the highest stage reached",
    )

    advocacy: bool = False
    aware_days: PositiveInt = 15
    interest_days: PositiveInt = 15
    purchase_days: PositiveInt = 913
    loyalty_days: PositiveInt = 365
    loyalty_purchase_days: PositiveInt = 2

    def ladder(self) -> tuple[Stage, ...]:
        """Four stages, or five."""
        spoke = _did(*SPOKEN, days=self.loyalty_days)
        bought_again = _bought(self.loyalty_days, self.loyalty_purchase_days)
        stages = (
            _stage("aware", _did(*PASSIVE, days=self.aware_days)),
            _stage(
                "interest",
                _did("search", "favourite", "cart", "follow", "join", days=self.interest_days),
                _did("view", days=self.interest_days, least=2),
            ),
            _stage("purchase", _bought(self.purchase_days)),
        )
        if self.advocacy:
            return (*stages, _stage("loyalty", bought_again), _stage("advocacy", spoke))
        return (*stages, _stage("loyalty", bought_again, spoke))


class FiveA(BrandLadder):
    """Kotler's five A: aware, appeal, ask, act, advocate; the highest stage counts, else *none*.

    aware: any exposure, click or view in `aware_days`; appeal: two or more views, a like, favourite or follow in
    `appeal_days`; ask: a search, cart, comment, reply or joining in `ask_days`; act: bought in `act_days`; advocate:
    praised, shared or referred in `advocate_days`.

    Purchases are paid orders not fully refunded; before the first order that is known of anybody, events that mean
    purchase stand for them. Needs: orders or events. Source: Kotler, Kartajaya, Setiawan, *Marketing 4.0* (2016).
    """

    kind = "five_a"
    words = Words(zh="品牌关系 5A", en="Brand relation (5A)")
    meaning = Words(
        zh="认知、吸引、问询、行动、拥护，取达到的最高一级",
        en="aware, appeal, ask, act, advocate: the highest stage reached",
    )

    aware_days: PositiveInt = 15
    appeal_days: PositiveInt = 15
    ask_days: PositiveInt = 15
    act_days: PositiveInt = 913
    advocate_days: PositiveInt = 365

    def ladder(self) -> tuple[Stage, ...]:
        """Five stages."""
        return (
            _stage("aware", _did(*PASSIVE, days=self.aware_days)),
            _stage(
                "appeal",
                _did("like", "favourite", "follow", days=self.appeal_days),
                _did("view", days=self.appeal_days, least=2),
            ),
            _stage("ask", _did(*ASKING, days=self.ask_days)),
            _stage("act", _bought(self.act_days)),
            _stage("advocate", _did(*SPOKEN, days=self.advocate_days)),
        )


class FourA(BrandLadder):
    """The four A of retail: aware, appeal, act, advocate; the highest stage counts, else *none*.

    The five A of Kotler with asking as a part of the appeal. aware: any exposure, click or view in `aware_days`; appeal:
    two or more views, a like, favourite, follow, search, cart, comment, reply or joining in `appeal_days`; act: bought in
    `act_days`; advocate: praised, shared or referred in `advocate_days`.

    Purchases are paid orders not fully refunded; before the first order that is known of anybody, events that mean
    purchase stand for them. Needs: orders or events.
    """

    kind = "four_a"
    words = Words(zh="品牌关系 4A", en="Brand relation (4A)")
    meaning = Words(
        zh="认知、吸引、行动、拥护，取达到的最高一级", en="aware, appeal, act, advocate: the highest stage reached"
    )

    aware_days: PositiveInt = 15
    appeal_days: PositiveInt = 15
    act_days: PositiveInt = 913
    advocate_days: PositiveInt = 365

    def ladder(self) -> tuple[Stage, ...]:
        """Four stages."""
        return (
            _stage("aware", _did(*PASSIVE, days=self.aware_days)),
            _stage(
                "appeal",
                _did("like", "favourite", "follow", *ASKING, days=self.appeal_days),
                _did("view", days=self.appeal_days, least=2),
            ),
            _stage("act", _bought(self.act_days)),
            _stage("advocate", _did(*SPOKEN, days=self.advocate_days)),
        )
