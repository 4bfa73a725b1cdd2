"""SMS over Aliyun (dysmsapi 2017-05-25), signed by ACS3-HMAC-SHA256."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC
from urllib.parse import quote, urlsplit
from uuid import uuid4

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
ALGORITHM = "ACS3-HMAC-SHA256"
VERSION = "2017-05-25"

CLASSES: dict[str, ErrorClass] = {
    "isv.BUSINESS_LIMIT_CONTROL": "throttled",
    "isv.DAY_LIMIT_CONTROL": "quota",
    "isv.MONTH_LIMIT_CONTROL": "quota",
    "isv.MOBILE_NUMBER_ILLEGAL": "invalid_recipient",
    "isv.MOBILE_COUNT_OVER_LIMIT": "invalid_recipient",
    "isv.SMS_SIGNATURE_ILLEGAL": "template",
    "isv.SMS_TEMPLATE_ILLEGAL": "template",
    "isv.SMS_SIGNATURE_SCENE_ILLEGAL": "template",
    "isv.TEMPLATE_MISSING_PARAMETERS": "template",
    "isv.TEMPLATE_PARAMS_ILLEGAL": "template",
    "isv.SIGN_STATE_ILLEGAL": "template",
    "isv.SMS_SIGN_ILLEGAL": "template",
    "isv.BLACK_KEY_CONTROL_LIMIT": "content",
    "isv.SMS_CONTENT_ILLEGAL": "content",
    "isv.AMOUNT_NOT_ENOUGH": "balance",
    "isv.OUT_OF_SERVICE": "balance",
    "isv.ACCOUNT_ABNORMAL": "balance",
    "isv.PRODUCT_UN_SUBSCRIPT": "balance",
    "isp.RAM_PERMISSION_DENY": "auth_config",
    "SignatureDoesNotMatch": "auth_config",
    "InvalidAccessKeyId*": "auth_config",
    "isv.DENY_IP_RANGE": "auth_config",
    "isp.SYSTEM_ERROR": "transient",
    "isv.SYSTEM_ERROR": "transient",
    "Throttling*": "transient",
}
"""Codes as Aliyun documents them."""


class AliyunSettings(TemplateSettings):
    """The account's key, the approved signature and template."""

    kind: str = "aliyun_sms"
    endpoint: str = "https://dysmsapi.aliyuncs.com/"
    access_key_id: str = Field(min_length=1)
    access_key_secret: Secret


def signed(query: Mapping[str, str], headers: Mapping[str, str], key: str, secret: str, body: bytes = b"") -> str:
    """The Authorization of a POST to /: signature version 3, with every header signed."""
    asked = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(query.items()))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    names = ";".join(sorted(headers))
    canonical = "\n".join(["POST", "/", asked, lines, names, hashlib.sha256(body).hexdigest()])
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key},SignedHeaders={names},Signature={signature}"


class AliyunChannel(TemplateChannel[AliyunSettings]):
    """Sends one SMS a call; `OutId` is the key of the touch, which Aliyun repeats in reports but does not honour."""

    async def _sent(self, message: Message) -> Outcome:
        query = self._query(message)
        if isinstance(query, Fault):
            return Rejected(query)
        asked = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(query.items()))
        answer = await called(self._web, f"{self._settings.endpoint.rstrip('/')}/?{asked}", self._headers(query), b"")
        return outcome_of(answer) if isinstance(answer, Answer) else answer

    def _query(self, message: Message) -> dict[str, str] | Fault:
        found = self._filled(message)
        if isinstance(found, Fault):
            return found
        return {
            "PhoneNumbers": found.number.removeprefix("+"),
            "SignName": self._settings.sign_name,
            "TemplateCode": found.template,
            "TemplateParam": json.dumps(found.values, ensure_ascii=False, separators=(",", ":")),
            "OutId": message.key,
        }

    def _headers(self, query: Mapping[str, str]) -> dict[str, str]:
        headers = {
            "host": urlsplit(self._settings.endpoint).netloc,
            "x-acs-action": "SendSms",
            "x-acs-version": VERSION,
            "x-acs-date": f"{self._now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "x-acs-signature-nonce": uuid4().hex,
            "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        }
        authorization = signed(query, headers, self._settings.access_key_id, self._secret)
        return {**headers, "authorization": authorization, "content-length": "0"}


def outcome_of(answer: Answer) -> Outcome:
    """What Aliyun's answer means: business errors come with status 200, too."""
    found = said(answer)
    code, text = str(found.get("Code", "")), str(found.get("Message", ""))
    if code == "OK" and answer.status == 200:
        return Accepted(str(found.get("BizId", "")))
    return refused(code, text, CLASSES) if code and code != "OK" else of_status(answer)


def _open(settings: ChannelSettings, around: Surroundings) -> AliyunChannel:
    assert isinstance(settings, AliyunSettings)
    secret = settings.access_key_secret.read(around.environment, around.folder)
    return AliyunChannel(settings, secret, settings.web())


KIND = ChannelKind(Words(zh="短信（阿里云）", en="SMS (Aliyun)"), AliyunSettings, _open, SLOTS)
