"""Webhooks: touches as signed HTTP requests to a system of the team's own (Standard Webhooks 1.0.0)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from titian.domain.outcome import Accepted, ErrorClass, Fault, Later, Outcome, Rejected
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.errors import InputError
from titian.reach.addresses import Network
from titian.reach.calling import BUSY, called
from titian.reach.channel import Capabilities, ChannelKind, ChannelSettings, Surroundings
from titian.reach.secret import Secret
from titian.reach.web import Answer, Web

LONGEST_BODY = 20_000
SLOTS = 32
OF_CHANNEL = frozenset({401, 403, 404, 405, 410})
"""Answers that say that the address or the secret is wrong, or that nobody wants to be called there any more."""


class WebhookSettings(ChannelSettings):
    """Where requests go, and what they are signed with; the first of several secrets is the newest.

    Only public addresses are called, and those of `private_networks`.
    """

    kind: str = "webhook"
    url: str
    secrets: tuple[Secret, ...] = Field(min_length=1, max_length=5)
    event: str = Field(default="touch.due", pattern=r"^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*$")
    private_networks: tuple[Network, ...] = ()
    ca_file: Path | None = None
    timeout_seconds: float = Field(default=20, gt=0, le=60)

    @field_validator("url")
    @classmethod
    def _over_https(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or not url.isascii():
            raise ValueError("the url is no https:// address, or holds a password")
        return url

    @model_validator(mode="after")
    def _in_the_clear_at_home_only(self) -> WebhookSettings:
        if self.url.startswith("http:") and not self.private_networks:
            raise ValueError("http:// is for private_networks only: customers' data would travel in the clear")
        return self


class WebhookChannel:
    """Calls one address; `webhook-id` is the key of the touch, on every try."""

    capabilities = Capabilities(needs_consent=False, honours_key=True, longest_subject=None, html=True)

    def __init__(
        self, settings: WebhookSettings, secrets: Sequence[str], web: Web, now: Callable[[], datetime] | None = None
    ) -> None:
        self._settings = settings
        self._signers = [_signer(secret) for secret in secrets]
        self._web = web
        self._now = now or (lambda: datetime.now(UTC))

    async def send(self, messages: Sequence[Message]) -> list[Outcome]:
        """Call the address for each message."""
        return [await self._sent(message) for message in messages]

    async def _sent(self, message: Message) -> Outcome:
        body = self._body(message)
        if len(body) > LONGEST_BODY:
            return Rejected(Fault("content", "too_long", f"{len(body)} bytes; {LONGEST_BODY} at most"))
        answer = await called(self._web, self._settings.url, self._headers(message.key, body), body)
        return outcome_of(answer) if isinstance(answer, Answer) else answer

    async def check(self) -> Words:
        """Whether the address can be signed for; nothing is called, for whatever is called acts."""
        host = urlsplit(self._settings.url).hostname
        return Words(zh=f"将签名并调用 {host}", en=f"signs and calls {host}")

    async def close(self) -> None:
        """Close all connections."""
        await self._web.close()

    def _headers(self, key: str, body: bytes) -> dict[str, str]:
        at = self._now()
        signed = " ".join(signer.sign(key, at, body.decode()) for signer in self._signers)
        return {
            "host": urlsplit(self._settings.url).netloc,
            "content-type": "application/json",
            "content-length": str(len(body)),
            "user-agent": "titian",
            "webhook-id": key,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signed,
        }

    def _body(self, message: Message) -> bytes:
        """The same bytes on every try."""
        content = message.content
        said = {
            "touch_id": message.key,
            "customer_id": message.customer_id,
            "address": message.address,
            "campaign": message.campaign,
            "play": message.play,
            "topic": message.topic,
            "purpose": message.purpose,
            "subject": content.subject,
            "text": content.text,
            "html": content.html,
            "to_name": content.to_name,
            "template": content.template,
            "unsubscribe": content.unsubscribe,
            "values": dict(content.data),
        }
        at = message.due_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        whole = {"type": self._settings.event, "timestamp": at, "data": {k: v for k, v in said.items() if v}}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def outcome_of(answer: Answer) -> Outcome:
    """What an answer says became of a request."""
    code, said = str(answer.status), answer.text[:200]
    if 200 <= answer.status < 300:
        return Accepted(answer.headers.get("x-request-id", ""))
    if 300 <= answer.status < 400:
        # Where it leads is for people to look at, not for a program to follow.
        return Rejected(Fault("auth_config", code, "the address redirects"))
    if answer.status in BUSY:
        kind: ErrorClass = "throttled" if answer.status == 429 else "transient"
        return Later(Fault(kind, code, said), answer.retry_after_seconds(), peer=True)
    if answer.status >= 500 or answer.status in (408, 425):
        return Later(Fault("transient", code, said), answer.retry_after_seconds(), peer=answer.status >= 500)
    return Rejected(Fault("auth_config" if answer.status in OF_CHANNEL else "content", code, said))


def _signer(secret: str) -> Webhook:
    try:
        return Webhook(secret)
    except (ValueError, EmptyWebhookSecretError) as error:
        raise InputError(
            "the secret of a webhook is not base64",
            "make one: whsec_ and the base64 of 24 to 64 random bytes",
            zh="Webhook 密钥不是有效的 base64",
            hint_zh="请生成：whsec_ 加上 24–64 个随机字节的 base64",
        ) from error


def _open(settings: ChannelSettings, around: Surroundings) -> WebhookChannel:
    assert isinstance(settings, WebhookSettings)
    web = Web(
        networks=settings.private_networks,
        ca_file=settings.ca_file,
        seconds=settings.timeout_seconds,
    )
    return WebhookChannel(settings, [one.read(around.environment, around.folder) for one in settings.secrets], web)


KIND = ChannelKind(Words(zh="Webhook", en="webhook"), WebhookSettings, _open, SLOTS)
