"""Providers of SMS as their documents describe them: they check signatures for themselves, and answer with their codes.

What they compute is written from the documents, apart from the channels.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

from tests.reach.receiver import Request, reply

ACCOUNT, SECRET = "testid", "testsecret"


@dataclass
class Provider:
    """Takes messages, or refuses numbers with a code; `taken` holds the number and what it says, in order."""

    check: Callable[[Request], bytes | None]
    read: Callable[[Request], tuple[str, str, str]]
    accept: Callable[[str], bytes]
    refuse: Callable[[str], bytes]
    codes: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> bytes:
        if (denied := self.check(request)) is not None:
            return denied
        number, key, text = self.read(request)
        if number in self.codes:
            return self.refuse(self.codes[number])
        self.taken.append((key, text))
        self.numbers.append(number)
        return self.accept(number)


def digest(secret: bytes, text: str) -> bytes:
    return hmac.new(secret, text.encode(), "sha256").digest()


def as_json(status: int, value: object) -> bytes:
    return reply(status, json.dumps(value, ensure_ascii=False).encode(), content_type="application/json")


# Aliyun: the query holds the call, the headers sign it.


def _aliyun_check(request: Request) -> bytes | None:
    shown = re.fullmatch(
        r"ACS3-HMAC-SHA256 Credential=(\w+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})",
        request.headers.get("authorization", ""),
    )
    if shown is None or shown[1] != ACCOUNT:
        return as_json(404, {"Code": "InvalidAccessKeyId.NotFound", "Message": "Specified access key is not found."})
    pairs = sorted(parse_qsl(urlsplit(request.path).query, keep_blank_values=True))
    query = "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in pairs)
    head = "".join(f"{name}:{request.headers[name]}\n" for name in shown[2].split(";"))
    whole = f"POST\n/\n{query}\n{head}\n{shown[2]}\n{hashlib.sha256(request.body).hexdigest()}"
    made = digest(SECRET.encode(), "ACS3-HMAC-SHA256\n" + hashlib.sha256(whole.encode()).hexdigest()).hex()
    wanted = {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"}
    if made != shown[3] or not wanted <= set(shown[2].split(";")):
        return as_json(400, {"Code": "SignatureDoesNotMatch", "Message": "Specified signature does not match."})
    return None


def _aliyun_read(request: Request) -> tuple[str, str, str]:
    query = dict(parse_qsl(urlsplit(request.path).query))
    return query["PhoneNumbers"], query["OutId"], json.loads(query["TemplateParam"]).get("text", "")


def aliyun() -> Provider:
    return Provider(
        _aliyun_check,
        _aliyun_read,
        lambda _: as_json(200, {"RequestId": "r", "BizId": "b-1", "Code": "OK", "Message": "OK"}),
        lambda code: as_json(200, {"RequestId": "r", "Code": code, "Message": "no"}),
    )


# Tencent: the body holds the call.


def _tencent_check(request: Request) -> bytes | None:
    pattern = (
        r"TC3-HMAC-SHA256 Credential=(\w+)/(\S+)/sms/tc3_request, SignedHeaders=content-type;host, Signature=(\w+)"
    )
    shown = re.fullmatch(pattern, request.headers.get("authorization", ""))
    if shown is None or shown[1] != ACCOUNT:
        return _tencent_error("AuthFailure.SecretIdNotFound")
    head = f"content-type:{request.headers['content-type']}\nhost:{request.headers['host']}\n"
    whole = f"POST\n/\n\n{head}\ncontent-type;host\n{hashlib.sha256(request.body).hexdigest()}"
    told = f"{shown[2]}/sms/tc3_request"
    text = f"TC3-HMAC-SHA256\n{request.headers['x-tc-timestamp']}\n{told}\n{hashlib.sha256(whole.encode()).hexdigest()}"
    key = digest(digest(digest(f"TC3{SECRET}".encode(), shown[2]), "sms"), "tc3_request")
    if digest(key, text).hex() != shown[3] or request.headers["x-tc-action"] != "SendSms":
        return _tencent_error("AuthFailure.SignatureFailure")
    return None


def _tencent_error(code: str) -> bytes:
    return as_json(200, {"Response": {"Error": {"Code": code, "Message": "no"}, "RequestId": "r"}})


def _tencent_state(number: str, code: str) -> bytes:
    state = {"SerialNo": "s-1", "PhoneNumber": number, "Fee": 1, "Code": code, "Message": "no", "IsoCode": "CN"}
    return as_json(200, {"Response": {"SendStatusSet": [state], "RequestId": "r"}})


def _tencent_read(request: Request) -> tuple[str, str, str]:
    asked = json.loads(request.body)
    return asked["PhoneNumberSet"][0], asked["SessionContext"], "".join(asked["TemplateParamSet"])


def tencent(whole: bool = False) -> Provider:
    """`whole`: codes are of the whole call, not of the number."""
    refuse = _tencent_error if whole else lambda code: _tencent_state("+86", code)
    return Provider(_tencent_check, _tencent_read, lambda number: _tencent_state(number, "Ok"), refuse)


# Twilio: a form, and the account's token.


def _twilio_check(request: Request) -> bytes | None:
    who = base64.b64encode(f"AC{ACCOUNT}:{SECRET}".encode()).decode()
    if request.headers.get("authorization") != f"Basic {who}":
        return as_json(401, {"code": 20003, "message": "Authenticate", "status": 401})
    if request.path != f"/2010-04-01/Accounts/AC{ACCOUNT}/Messages.json":
        return as_json(404, {"code": 20404, "message": "not found", "status": 404})
    return None


def _twilio_read(request: Request) -> tuple[str, str, str]:
    form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
    return form["To"], form["To"], form["Body"]


def twilio() -> Provider:
    def refuse(code: str) -> bytes:
        status = 429 if code == "20429" else 400
        return as_json(status, {"code": int(code), "message": "no", "status": status})

    return Provider(_twilio_check, _twilio_read, lambda _: as_json(201, {"sid": "SM1", "status": "queued"}), refuse)
