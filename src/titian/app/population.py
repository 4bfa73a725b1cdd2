"""Population: the rule by which a workspace leaves customers out of every fit and count, a definition of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from titian.app.audience_definition import audience_of
from titian.app.definition import Definition, Published
from titian.app.definitions import Definitions
from titian.app.resting import rests_on_personal
from titian.app.stored import Stored
from titian.app.texts import storable
from titian.audience import excluding
from titian.audience.excluding import Excluding
from titian.audience.known import Listed
from titian.domain.audience import Audience
from titian.domain.condition import InAudience, InLayer, Moved, Tagged
from titian.domain.rule import Rule, memberships
from titian.errors import InputError, UnknownNameError
from titian.layering.fitted import Fitted
from titian.layering.layering import Layering
from titian.rules.reading import read
from titian.traits.planner import TraitTable

KEY = "population"


class Population:
    """The definition `population` of a workspace."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self.definitions = Definitions("population", stored)
        self._seen: tuple[int, Rule] | None = None

    def rule(self) -> Rule | None:
        """Who is out; None where everybody counts."""
        number = self.definitions.numbers().get(KEY)
        if number is None:
            return None
        if self._seen is None or self._seen[0] != number:
            held = self.definitions.current().get(KEY)
            if held is None:
                return None
            self._seen = (number, rule_of(held))
        return self._seen[1]

    def held(self) -> Published | None:
        """The definition in force, and who published it."""
        return self.definitions.in_force().get(KEY)

    def exclusion(self, rule: Rule | None) -> Excluding | None:
        """What leaves those out who meet a rule, by the tags and audiences of the workspace."""
        return None if rule is None else Excluding(rule, InStore(self._stored))


@dataclass(frozen=True)
class InStore:
    """The tags, audiences and staff that such a rule may name in a workspace (a `Known`)."""

    stored: Stored
    audiences: Mapping[str, Definition] | None = None
    """As they would be; None: those in force."""
    lists: Mapping[str, Collection[str]] | None = None
    """Lists that the store does not keep yet."""
    tags: Mapping[str, Definition] | None = None
    """As they would be; None: those in force."""

    def layering(self, key: str) -> Layering:
        """Refused: layers are made of those who are left."""
        raise excluding.circular(f"layerings/{key}")

    def fit(self, key: str, traits: TraitTable) -> Fitted:  # noqa: ARG002
        """Refused likewise."""
        raise excluding.circular(f"layerings/{key}")

    def tagged(self, key: str) -> Listed:
        """Who has this tag now."""
        if self.tags is not None and key not in self.tags:
            raise UnknownNameError("tag", "标签", key, list(self.tags))
        if self.tags is not None and key not in Definitions("tags", self.stored).numbers():
            return Listed(())
        from titian.store import tagged, tags

        with self.stored.store.reading() as connection:
            tags.tag(connection, key)
            return Listed(tagged.customers(connection, key))

    def in_charge(self, staff: str) -> Listed:
        """Of whom somebody is in charge now; without a store, of nobody."""
        if self.stored.there is None or not storable(staff):
            return Listed(())
        from titian.app.charges import Charges
        from titian.app.trail import Trail

        store = self.stored.store
        return Listed([who for who, _ in Charges(store, Trail(store)).of_everyone([staff])])

    def audience(self, key: str) -> Rule | Listed:
        """The rule of this audience, or who is in its list."""
        saved = Definitions("audiences", self.stored).current() if self.audiences is None else self.audiences
        if key not in saved:
            raise UnknownNameError("audience", "人群", key, list(saved))
        made = audience_of(saved[key])
        if made.rule is not None:
            return made.rule
        assert made.customers is not None
        if self.lists is not None and made.customers in self.lists:
            return Listed(self.lists[made.customers])
        from titian.store import lists

        with self.stored.store.reading() as connection:
            return Listed(lists.customers(connection, made.customers))


def rule_of(definition: Definition) -> Rule:
    """The rule that a definition says. Raises InputError for one that says none."""
    if definition.key == KEY and definition.kind == KEY and set(definition.parameters) == {"exclude"}:
        return read(definition.parameters["exclude"])
    raise InputError(
        f"who is left out stands in {KEY}.yaml alone, of the kind {KEY}, as a rule under exclude",
        "write kind: population and parameters: {exclude: {trait: …}}",
        zh=f"排除规则只写在 {KEY}.yaml 中，kind 为 {KEY}，规则写在 exclude 下",
        hint_zh="请写成 kind: population 与 parameters: {exclude: {trait: …}}",
        key=definition.key,
    )


def definition_of(rule: Rule) -> Definition:
    """The definition that says a rule."""
    return Definition(kind=KEY, key=KEY, parameters={"exclude": rule.model_dump(mode="json")})


def check(rule: Rule, known: InStore) -> None:
    """Look up what a rule names by which customers are to be left out. Raises UnknownNameError, InputError."""
    excluding.check(rule, known)


def check_apart(rule: Rule | None, audiences: Mapping[str, Audience], followed: Collection[str]) -> None:
    """Refuse what would make a rule of who is left out rest on those who are left, or on personal data.

    Whoever is out has no layer, loses the tags that follow rules, and would be in again. And who is out shows to everybody,
    in every list and on every day: by birthdays it would tell them. Raises InputError.
    """
    for name in sorted(_rests_on(rule, audiences)):
        if name.startswith("layerings/") or name in {f"tags/{key}" for key in followed}:
            raise excluding.circular(name)

    def look(name: str) -> Audience | None:
        sort, _, key = name.partition("/")
        return audiences.get(key) if sort == "audiences" else None

    if rule is not None and rests_on_personal(rule, look):
        raise _telling()


def _telling() -> InputError:
    return InputError(
        "who is left out can't rest on personal data: everybody sees who is missing, and from which day on",
        "use other traits and events, tags given by hand, lists, and audiences of these",
        zh="排除规则不能依据个人信息：每个人都能看出谁不计入统计、从哪天起不计入",
        hint_zh="请使用其他指标、行为、手工标签、名单，以及由它们组成的人群",
        field="rule",
    )


def _rests_on(rule: Rule | None, audiences: Mapping[str, Audience]) -> frozenset[str]:
    """All that a rule names, and the audiences that it names, and so on: tags/vip, audiences/core, layerings/rfm."""
    found: set[str] = set()
    waiting = [] if rule is None else [rule]
    while waiting:
        for member in memberships(waiting.pop()):
            match member:
                case Tagged():
                    found.add(f"tags/{member.tag}")
                case InLayer():
                    found.add(f"layerings/{member.layering}")
                case Moved():
                    found.add(f"layerings/{member.moved}")
                case InAudience() if f"audiences/{member.audience}" not in found:
                    found.add(f"audiences/{member.audience}")
                    inner = audiences[member.audience].rule if member.audience in audiences else None
                    waiting += [] if inner is None else [inner]
    return frozenset(found)
