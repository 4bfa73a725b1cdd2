"""SMS over Twilio (2010-04-01)."""

from __future__ import annotations

import base64
from urllib.parse import urlencode, urlsplit

from pydantic import Field, model_validator

from titian.domain.outcome import Accepted, ErrorClass, Fault, Outcome, Rejected
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.reach.calling import called, of_status, said
from titian.reach.channel import Capabilities, ChannelKind, ChannelSettings, Surroundings
from titian.reach.secret import Secret
from titian.reach.sms import PHONE, ProviderSettings, SmsChannel, phone, refused
from titian.reach.web import Answer, Web

SLOTS = 16
LONGEST = 1_600

CLASSES: dict[str, ErrorClass] = {
    "20003": "auth_config",
    "20404": "auth_config",
    "20429": "transient",
    "21211": "invalid_recipient",
    "21212": "auth_config",
    "21408": "auth_config",
    "21606": "auth_config",
    "21610": "opted_out",
    "21614": "invalid_recipient",
    "21617": "content",
    "30001": "transient",
    "30002": "balance",
    "30003": "invalid_recipient",
    "30005": "invalid_recipient",
    "30006": "invalid_recipient",
    "30007": "content",
}
"""Codes as Twilio documents them."""


class TwilioSettings(ProviderSettings):
    """The account, its token, and the number or messaging service that sends."""

    kind: str = "twilio_sms"
    endpoint: str = "https://api.twilio.com"
    country_code: str = Field(default="1", pattern=r"^[1-9]\d{0,2}$")
    account_sid: str = Field(pattern=r"^AC[0-9a-zA-Z]+$")
    auth_token: Secret
    sender: str | None = None
    messaging_service_sid: str | None = None

    @model_validator(mode="after")
    def _one_that_sends(self) -> TwilioSettings:
        if (self.sender is None) == (self.messaging_service_sid is None):
            raise ValueError("name either a sender or a messaging_service_sid")
        return self


class TwilioChannel(SmsChannel):
    """Sends one SMS a call. Twilio knows no key by which a repeated message would be told."""

    capabilities = Capabilities(longest_text=LONGEST, address=PHONE)

    def __init__(self, settings: TwilioSettings, token: str, web: Web) -> None:
        super().__init__(web)
        self._settings, self._token = settings, token

    async def check(self) -> Words:
        """What can be seen without sending: that it is set up."""
        by = self._settings.sender or self._settings.messaging_service_sid
        return Words(zh=f"将由 {by} 发送", en=f"sends as {by}")

    async def _sent(self, message: Message) -> Outcome:
        number, text = phone(message.address, self._settings.country_code), message.content.text
        if number is None:
            return Rejected(Fault("invalid_recipient", "no_phone", "it is no phone number"))
        if not text or len(text) > LONGEST:
            return Rejected(Fault("content", "too_long" if text else "empty", f"1 to {LONGEST} letters are taken"))
        form = {"To": number, "Body": text, **self._by()}
        body = urlencode(form, encoding="utf-8", errors="replace").encode()
        url = f"{self._settings.endpoint.rstrip('/')}/2010-04-01/Accounts/{self._settings.account_sid}/Messages.json"
        answer = await called(self._web, url, self._headers(body), body)
        return outcome_of(answer) if isinstance(answer, Answer) else answer

    def _by(self) -> dict[str, str]:
        if self._settings.sender is not None:
            return {"From": self._settings.sender}
        return {"MessagingServiceSid": str(self._settings.messaging_service_sid)}

    def _headers(self, body: bytes) -> dict[str, str]:
        who = base64.b64encode(f"{self._settings.account_sid}:{self._token}".encode()).decode()
        return {
            "host": urlsplit(self._settings.endpoint).netloc,
            "content-type": "application/x-www-form-urlencoded",
            "content-length": str(len(body)),
            "authorization": f"Basic {who}",
        }


def outcome_of(answer: Answer) -> Outcome:
    """What Twilio's answer means."""
    found = said(answer)
    if answer.status in (200, 201) and found.get("sid"):
        return Accepted(str(found["sid"]))
    code = str(found.get("code", ""))
    of_message = code in CLASSES or (code and answer.status == 400)
    return refused(code, str(found.get("message", "")), CLASSES) if of_message else of_status(answer)


def _open(settings: ChannelSettings, around: Surroundings) -> TwilioChannel:
    assert isinstance(settings, TwilioSettings)
    return TwilioChannel(settings, settings.auth_token.read(around.environment, around.folder), settings.web())


KIND = ChannelKind(Words(zh="短信（Twilio）", en="SMS (Twilio)"), TwilioSettings, _open, SLOTS)
