"""SMS over Tencent Cloud (2021-01-11), signed by TC3-HMAC-SHA256."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from pydantic import Field

from titian.domain.outcome import Accepted, ErrorClass, Fault, Outcome, Rejected
from titian.domain.touch import Message
from titian.domain.words import Words
from titian.reach.calling import called, of_status, said
from titian.reach.channel import ChannelKind, ChannelSettings, Surroundings
from titian.reach.secret import Secret
from titian.reach.sms import TemplateChannel, TemplateSettings, refused
from titian.reach.web import Answer

SLOTS = 16
ALGORITHM = "TC3-HMAC-SHA256"
SERVICE, VERSION = "sms", "2021-01-11"
JSON = "application/json; charset=utf-8"

CLASSES: dict[str, ErrorClass] = {
    "LimitExceeded.PhoneNumberThirtySecondLimit": "throttled",
    "LimitExceeded.PhoneNumberOneHourLimit": "throttled",
    "LimitExceeded.PhoneNumberDailyLimit": "throttled",
    "LimitExceeded.PhoneNumberSameContentDailyLimit": "throttled",
    "LimitExceeded.DeliveryFrequencyLimit": "throttled",
    "FailedOperation.MarketingSendTimeConstraint": "throttled",
    "LimitExceeded.AppDailyLimit": "quota",
    "LimitExceeded.AppMainlandChinaDailyLimit": "quota",
    "FailedOperation.PhoneNumberInBlacklist": "opted_out",
    "InvalidParameterValue.MarketingTemplateWithoutUnsubscribe": "template",
    "FailedOperation.ForbidAddMarketingTemplates": "template",
    "FailedOperation.SignatureIncorrectOrUnapproved": "template",
    "FailedOperation.TemplateIncorrectOrUnapproved": "template",
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": "template",
    "InvalidParameterValue.TemplateParameterLengthLimit": "template",
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": "template",
    "FailedOperation.ContainSensitiveWord": "content",
    "InvalidParameterValue.IncorrectPhoneNumber": "invalid_recipient",
    "FailedOperation.PhoneNumberParseFail": "invalid_recipient",
    "FailedOperation.InsufficientBalanceInSmsPackage": "balance",
    "UnauthorizedOperation.ServiceSuspendDueToArrears": "balance",
    "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny": "auth_config",
    "AuthFailure*": "auth_config",
    "UnauthorizedOperation*": "auth_config",
    "InternalError*": "transient",
    "RequestLimitExceeded*": "transient",
}
"""Codes as Tencent documents them."""


class TencentSettings(TemplateSettings):
    """The account's key, the application, and the approved signature and template."""

    kind: str = "tencent_sms"
    endpoint: str = "https://sms.tencentcloudapi.com/"
    region: str = "ap-guangzhou"
    secret_id: str = Field(min_length=1)
    secret_key: Secret
    app_id: str = Field(min_length=1)


def signature(secret: str, host: str, content_type: str, body: bytes, at: datetime) -> str:
    """The signature of a POST to / at an instant (TC3)."""
    head = f"content-type:{content_type}\nhost:{host}\n"
    canonical = f"POST\n/\n\n{head}\ncontent-type;host\n{hashlib.sha256(body).hexdigest()}"
    day, seconds = f"{at.astimezone(UTC):%Y-%m-%d}", int(at.timestamp())
    scope = f"{day}/{SERVICE}/tc3_request"
    to_sign = f"{ALGORITHM}\n{seconds}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"TC3{secret}".encode()
    for part in (day, SERVICE, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


class TencentChannel(TemplateChannel[TencentSettings]):
    """Sends one SMS a call; `SessionContext` is the key of the touch, which is repeated in reports but not honoured."""

    async def _sent(self, message: Message) -> Outcome:
        body = self._body(message)
        if isinstance(body, Fault):
            return Rejected(body)
        answer = await called(self._web, self._settings.endpoint, self._headers(body), body)
        return outcome_of(answer) if isinstance(answer, Answer) else answer

    def _body(self, message: Message) -> bytes | Fault:
        found = self._filled(message)
        if isinstance(found, Fault):
            return found
        asked = {
            "PhoneNumberSet": [found.number],
            "SmsSdkAppId": self._settings.app_id,
            "SignName": self._settings.sign_name,
            "TemplateId": found.template,
            "TemplateParamSet": list(found.values.values()),
            "SessionContext": message.key,
        }
        return json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    def _headers(self, body: bytes) -> dict[str, str]:
        host, at = urlsplit(self._settings.endpoint).netloc, self._now()
        scope = f"{self._settings.secret_id}/{at.astimezone(UTC):%Y-%m-%d}/{SERVICE}/tc3_request"
        proof = signature(self._secret, host, JSON, body, at)
        return {
            "host": host,
            "content-type": JSON,
            "content-length": str(len(body)),
            "x-tc-action": "SendSms",
            "x-tc-version": VERSION,
            "x-tc-region": self._settings.region,
            "x-tc-timestamp": str(int(at.timestamp())),
            "authorization": f"{ALGORITHM} Credential={scope}, SignedHeaders=content-type;host, Signature={proof}",
        }


def outcome_of(answer: Answer) -> Outcome:
    """What Tencent's answer means: an error of the whole call, or the state of the one number."""
    whole = said(answer).get("Response")
    response = whole if isinstance(whole, dict) else {}
    error, states = response.get("Error"), response.get("SendStatusSet")
    if isinstance(error, dict):
        return refused(str(error.get("Code", "")), str(error.get("Message", "")), CLASSES)
    if isinstance(states, list) and states and isinstance(states[0], dict):
        code, text = str(states[0].get("Code", "")), str(states[0].get("Message", ""))
        if code == "Ok":
            return Accepted(str(states[0].get("SerialNo", "")))
        return refused(code, text, CLASSES)
    return of_status(answer)


def _open(settings: ChannelSettings, around: Surroundings) -> TencentChannel:
    assert isinstance(settings, TencentSettings)
    secret = settings.secret_key.read(around.environment, around.folder)
    return TencentChannel(settings, secret, settings.web())


KIND = ChannelKind(Words(zh="短信（腾讯云）", en="SMS (Tencent Cloud)"), TencentSettings, _open, SLOTS)
