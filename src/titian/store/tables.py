"""The tables of the store, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(80), nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
"""Who did what when; every line carries the digest of the one before it. Lines are neither changed nor removed."""

TAG_GROUPS = Table(
    "tag_groups",
    METADATA,
    Column("key", String(60), primary_key=True),
    Column("zh", String(200), nullable=False),
    Column("en", String(200), nullable=False),
    Column("exclusive", Boolean, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
)
"""Groups of tags as their definitions in force say them; of an exclusive one a customer has one tag at most."""

TAGS = Table(
    "tags",
    METADATA,
    Column("key", String(60), primary_key=True),
    Column("zh", String(200), nullable=False),
    Column("en", String(200), nullable=False),
    Column("colour", String(20), nullable=False),
    Column("group_key", String(60), ForeignKey("tag_groups.key", name="tags_group")),
    Column("description", Text, nullable=False),
    Column("rule", Text),
    Column("followed_at", String(27)),
    Column("made_by", String(200), nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
)
"""What can be said of customers, as the definitions in force say it."""

LONGEST_ID = 500
"""Characters of a customer's id; more do not fit into an index of PostgreSQL."""

TAGGED = Table(
    "tagged",
    METADATA,
    Column("tag", String(60), ForeignKey("tags.key", name="tagged_tag"), primary_key=True),
    Column("customer_id", String(LONGEST_ID), primary_key=True),
    Column("since", String(27), nullable=False),
    Column("by", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Column("source", String(10), nullable=False),
    Column("batch", String(32), nullable=False),
    Index("tagged_customer", "customer_id"),
    Index("tagged_batch", "batch"),
)
"""Who has which tag."""

TAG_BATCHES = Table(
    "tag_batches",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("tag", String(60), nullable=False),
    Column("deed", String(10), nullable=False),
    Column("customers", Integer, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(27), nullable=False),
    Column("taken_back_at", String(27)),
)
"""The calls that tagged customers or took a tag from them (deed: tag, untag)."""

UNTAGGED = Table(
    "untagged",
    METADATA,
    Column("removed_by", String(32), ForeignKey("tag_batches.id", name="untagged_batch"), primary_key=True),
    Column("tag", String(60), ForeignKey("tags.key", name="untagged_tag"), primary_key=True),
    Column("customer_id", String(LONGEST_ID), primary_key=True),
    Column("since", String(27), nullable=False),
    Column("by", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Column("source", String(10), nullable=False),
    Column("batch", String(32), nullable=False),
    Index("untagged_tag_key", "tag"),
)
"""What a batch took away, so that it can be put back."""

NOTES = Table(
    "notes",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("customer_id", String(LONGEST_ID), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(27), nullable=False),
    Column("changed_at", String(27)),
    Index("notes_customer", "customer_id", "at"),
    Index("notes_at", "at"),
)
"""What people wrote about customers."""

DEFINITIONS = Table(
    "definitions",
    METADATA,
    Column("sort", String(20), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(27), nullable=False),
    Column("origin", String(10), nullable=False),
)
"""Every version of what people define, by sort: layerings, audiences … They are neither changed nor removed."""

IN_FORCE = Table(
    "definitions_in_force",
    METADATA,
    Column("sort", String(20), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(
        ["sort", "key", "version"],
        ["definitions.sort", "definitions.key", "definitions.version"],
        name="definitions_in_force_version",
    ),
)
"""Which version holds."""

LISTS = Table(
    "customer_lists",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("at", String(27), nullable=False),
)
"""Fixed lists of customers, named by what is in them, so that the same list is kept once."""

LISTED = Table(
    "listed",
    METADATA,
    Column("list", String(64), ForeignKey("customer_lists.id", name="listed_list"), primary_key=True),
    Column("customer_id", String(LONGEST_ID), primary_key=True),
    Index("listed_customer", "customer_id"),
)
"""Who is in a list."""

PEOPLE = Table(
    "people",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("login", String(200), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("password", String(200)),
    Column("must_change", Boolean, nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("signed_in_at", String(27)),
    Column("version", Integer, nullable=False),
)
"""Who may sign in; `password` is what argon2id made of it."""

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("person", String(32), ForeignKey("people.id", name="sessions_person"), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("former", String(64), unique=True),
    Column("made_at", String(27), nullable=False),
    Column("seen_at", String(27), nullable=False),
    Column("rotated_at", String(27), nullable=False),
    Column("agent", String(200), nullable=False),
    Index("sessions_person_key", "person"),
)
"""Where people are signed in: the digest of what the browser shows, and of what it showed before."""

BROWSERS = Table(
    "browsers",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("person", String(32), ForeignKey("people.id", name="browsers_person"), nullable=False),
    Column("seen_at", String(27), nullable=False),
    Index("browsers_person_key", "person"),
)
"""Browsers in which people have signed in before."""

API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("person", String(32), ForeignKey("people.id", name="api_keys_person"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("permissions", Text, nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("expires_at", String(27)),
    Column("used_at", String(27)),
    Index("api_keys_person_key", "person"),
)
"""What programs come in with, as digests."""

FAILURES = Table(
    "failures",
    METADATA,
    Column("bucket", String(64), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("since", String(27), nullable=False),
)
"""How often signing in failed since when, by a digest of whom it was tried for and from where."""
KNOWN = Table(
    "known",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("customer_id", String(LONGEST_ID), nullable=False),
    Column("thing", String(20), nullable=False),
    Column("choice", String(40)),
    Column("text", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(27), nullable=False),
    Column("replaces", String(32)),
    Column("ended_at", String(27)),
    Column("taken_back_at", String(27)),
    Index("known_customer", "customer_id", "at"),
)
"""What people said of the things to know of a customer. None is lost; of each thing one holds, which has not ended."""
Index(
    "known_holds",
    KNOWN.c.customer_id,
    KNOWN.c.thing,
    unique=True,
    sqlite_where=KNOWN.c.ended_at.is_(None),
    postgresql_where=KNOWN.c.ended_at.is_(None),
)

IN_CHARGE = Table(
    "in_charge",
    METADATA,
    Column("customer_id", String(LONGEST_ID), primary_key=True),
    Column("staff", String(100), nullable=False),
    Column("since", String(27), nullable=False),
    Column("by", String(200), nullable=False),
    Column("batch", String(32), nullable=False),
    Index("in_charge_staff", "staff"),
    Index("in_charge_batch", "batch"),
)
"""Who of the team takes care of which customer."""

CHARGE_BATCHES = Table(
    "charge_batches",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("staff", String(100)),
    Column("customers", Integer, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(27), nullable=False),
    Column("taken_back_at", String(27)),
)
"""The calls that put somebody in charge of customers, or nobody."""

RELIEVED = Table(
    "relieved",
    METADATA,
    Column("removed_by", String(32), ForeignKey("charge_batches.id", name="relieved_batch"), primary_key=True),
    Column("customer_id", String(LONGEST_ID), primary_key=True),
    Column("staff", String(100), nullable=False),
    Column("since", String(27), nullable=False),
    Column("by", String(200), nullable=False),
    Column("batch", String(32), nullable=False),
)
"""Who was in charge before a batch, so that it can be put back."""
