"""SMS over three providers, at servers that check their signatures and answer with their codes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import pytest
from pydantic import ValidationError

from tests.reach import providers
from tests.reach.providers import ACCOUNT, SECRET, Provider
from tests.reach.receiver import Receiver, reply
from titian.domain.outcome import Accepted, ErrorClass, Fault, Later, Outcome, Rejected, Uncertain
from titian.domain.touch import Content, Message, touch_id_of
from titian.reach import aliyun, tencent, twilio
from titian.reach.channel import Channel
from titian.reach.running import run
from titian.reach.secret import Secret
from titian.reach.sms import phone
from titian.testing.channel_laws import LAWS, Trial

AT = datetime(2026, 11, 28, tzinfo=UTC)
X = Secret(variable="X")
SMS = {
    "sign_name": "茶铺",
    "template": "SMS_1",
    "parameters": ("text",),
    "private_networks": (ip_network("127.0.0.0/8"),),
}


def numbered(number: int) -> str:
    return f"1390000{number:04}"


def message(number: int = 0, **said: Any) -> Message:
    content = Content(**{"text": f"hello {number}"} | said)
    key = touch_id_of("sms", str(number))
    return Message(key, f"c{number}", "", "", "", "service", numbered(number), content, AT)


def aliyun_channel(endpoint: str, secret: str = SECRET, **more: Any) -> Channel:
    settings = aliyun.AliyunSettings(
        **SMS | {"endpoint": endpoint, "access_key_id": ACCOUNT, "access_key_secret": X} | more
    )
    return aliyun.AliyunChannel(settings, secret, settings.web())


def tencent_channel(endpoint: str, secret: str = SECRET, **more: Any) -> Channel:
    given = {"endpoint": endpoint, "secret_id": ACCOUNT, "secret_key": X, "app_id": "1400006666"}
    settings = tencent.TencentSettings(**SMS | given | more)
    return tencent.TencentChannel(settings, secret, settings.web())


def twilio_channel(endpoint: str, secret: str = SECRET, **more: Any) -> Channel:
    given = {"account_sid": f"AC{ACCOUNT}", "auth_token": X, "sender": "+15005550006", "country_code": "86"}
    networks = {"private_networks": SMS["private_networks"]}
    settings = twilio.TwilioSettings(**networks | given | {"endpoint": endpoint} | more)
    return twilio.TwilioChannel(settings, secret, settings.web())


@dataclass(frozen=True)
class Way:
    """A provider, a channel to it, and how it writes the number of c0."""

    provider: Callable[[], Provider]
    channel: Callable[..., Channel]
    number: str


WAYS = {
    "aliyun": Way(providers.aliyun, aliyun_channel, "8613900000000"),
    "tencent": Way(providers.tencent, tencent_channel, "+8613900000000"),
    "twilio": Way(providers.twilio, twilio_channel, "+8613900000000"),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return WAYS[request.param]


def sent(
    way: Way, *messages: Message, codes: dict[str, str] | None = None, **more: Any
) -> tuple[list[Outcome], Provider]:
    provider = way.provider()
    provider.codes |= codes or {}

    async def ran() -> list[Outcome]:
        async with Receiver(provider) as receiver:
            made = way.channel(f"http://127.0.0.1:{receiver.port}", **more)
            found = await made.send(messages or [message()])
            await made.close()
            return list(found)

    return run(ran()), provider


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_it_keeps_the_law(law: Callable[[Trial], Awaitable[None]], way: Way) -> None:
    provider = way.provider()
    keys = {f"+86{numbered(number)}": message(number).key for number in range(20)}

    def arrived() -> list[tuple[str, str]]:
        return [(keys.get(key, key), text) for key, text in provider.taken]

    async def ran() -> None:
        async with Receiver(provider) as receiver:
            await law(Trial(way.channel(f"http://127.0.0.1:{receiver.port}"), message, arrived, receiver.cut))

    run(ran())


def test_the_number_is_written_as_the_provider_wants_it(way: Way) -> None:
    outcomes, provider = sent(way, replace(message(), address=" 139-0000 0000"))
    assert (provider.numbers, type(outcomes[0])) == ([way.number], Accepted)


def test_a_wrong_secret_is_a_fault_of_the_channel(way: Way) -> None:
    outcome = sent(way, secret="hunter2")[0][0]
    assert isinstance(outcome, Rejected)
    assert (outcome.fault.kind, "hunter2" in str(outcome)) == ("auth_config", False)


@pytest.mark.parametrize("address", ["", "ann", "+", "12", "0", "+86139000000001234567", "1390000000x"])
def test_what_is_no_number_is_refused(way: Way, address: str) -> None:
    outcomes, provider = sent(way, replace(message(), address=address))
    assert (outcomes[0], provider.taken) == (
        Rejected(Fault("invalid_recipient", "no_phone", "it is no phone number")),
        [],
    )


ALIYUN: dict[str, tuple[ErrorClass, type[Outcome]]] = {
    "isv.BUSINESS_LIMIT_CONTROL": ("throttled", Later),
    "isv.MOBILE_NUMBER_ILLEGAL": ("invalid_recipient", Rejected),
    "isv.SMS_TEMPLATE_ILLEGAL": ("template", Rejected),
    "isv.BLACK_KEY_CONTROL_LIMIT": ("content", Rejected),
    "isv.AMOUNT_NOT_ENOUGH": ("balance", Rejected),
    "isv.DAY_LIMIT_CONTROL": ("quota", Rejected),
    "isp.RAM_PERMISSION_DENY": ("auth_config", Rejected),
    "isp.SYSTEM_ERROR": ("transient", Later),
    "Throttling.User": ("transient", Later),
    "isv.SOMETHING_NEW": ("content", Rejected),
}
TENCENT: dict[str, tuple[ErrorClass, type[Outcome]]] = {
    "LimitExceeded.PhoneNumberThirtySecondLimit": ("throttled", Later),
    "FailedOperation.MarketingSendTimeConstraint": ("throttled", Later),
    "FailedOperation.PhoneNumberInBlacklist": ("opted_out", Rejected),
    "FailedOperation.ContainSensitiveWord": ("content", Rejected),
    "InvalidParameterValue.IncorrectPhoneNumber": ("invalid_recipient", Rejected),
    "FailedOperation.InsufficientBalanceInSmsPackage": ("balance", Rejected),
    "InternalError.Timeout": ("transient", Later),
    "UnauthorizedOperation.Other": ("auth_config", Rejected),
}
TWILIO: dict[str, tuple[ErrorClass, type[Outcome]]] = {
    "21211": ("invalid_recipient", Rejected),
    "21610": ("opted_out", Rejected),
    "20429": ("transient", Later),
    "30007": ("content", Rejected),
    "29999": ("content", Rejected),
}
CODES = [
    *((WAYS["aliyun"], code, *found) for code, found in ALIYUN.items()),
    *((WAYS["tencent"], code, *found) for code, found in TENCENT.items()),
    *((replace(WAYS["tencent"], provider=lambda: providers.tencent(whole=True)), c, *f) for c, f in TENCENT.items()),
    *((WAYS["twilio"], code, *found) for code, found in TWILIO.items()),
]


@pytest.mark.parametrize(
    ("given", "code", "kind", "becomes"), CODES, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_code_has_its_class(given: Way, code: str, kind: ErrorClass, becomes: type[Outcome]) -> None:
    outcome = sent(given, codes={given.number: code})[0][0]
    assert (type(outcome), outcome.fault) == (becomes, Fault(kind, code, "no"))  # type: ignore[union-attr]
    if isinstance(outcome, Later):
        # What limits one recipient says nothing of the others.
        assert (outcome.peer, outcome.after_seconds is not None) == (kind == "transient", kind == "throttled")


def test_an_answer_that_says_nothing_leaves_it_unknown(way: Way) -> None:
    async def ran(answer: bytes) -> Outcome:
        async with Receiver(lambda _: answer) as receiver:
            return (await way.channel(f"http://127.0.0.1:{receiver.port}").send([message()]))[0]

    for body in (b"", b"[]", b'{"Response": 5}', b"<html>"):
        assert isinstance(run(ran(reply(200, body))), Uncertain)
    assert isinstance(run(ran(reply(503, b"busy", retry_after="7"))), Later)
    assert isinstance(run(ran(reply(302, b""))), Rejected)


@pytest.mark.parametrize("name", ["aliyun", "tencent"])
def test_a_template_is_filled_with_values_in_their_order(name: str) -> None:
    values = {"points": 5, "day": "周六"}
    _, provider = sent(WAYS[name], message(data=values, template="T9"), parameters=("day", "points", "text"))
    assert provider.taken[0][1] == ("hello 0" if name == "aliyun" else "周六5hello 0")


@pytest.mark.parametrize("name", ["aliyun", "tencent"])
@pytest.mark.parametrize(
    ("more", "code"),
    [({"template": None}, "no_template"), ({"parameters": ("points",)}, "missing_parameter")],
    ids=["no template", "nothing to fill it with"],
)
def test_a_template_that_cannot_be_filled_is_refused(name: str, more: dict[str, Any], code: str) -> None:
    outcome = sent(WAYS[name], **more)[0][0]
    assert isinstance(outcome, Rejected)
    assert (outcome.fault.kind, outcome.fault.code) == ("template", code)


def test_the_signature_of_aliyun_is_that_of_the_vector() -> None:
    query = {
        "PhoneNumbers": "13900001234",
        "SignName": "测试签名",
        "TemplateCode": "SMS_123456",
        "TemplateParam": '{"code":"1234"}',
    }
    headers = {
        "host": "dysmsapi.aliyuncs.com",
        "x-acs-action": "SendSms",
        "x-acs-version": "2017-05-25",
        "x-acs-date": "2024-01-01T00:00:00Z",
        "x-acs-signature-nonce": "nonce-0001",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }
    signed = aliyun.signed(query, headers, "testid", "testsecret")
    assert signed.endswith("Signature=e5284ac0d01e439c3cbfedcbfdcb6301bf4a962adb5035c7ceb723e12f123a53")


def test_the_signature_of_tencent_is_that_of_the_vector() -> None:
    body = (
        '{"PhoneNumberSet":["+8618501234444"],"SmsSdkAppId":"1400006666","SignName":"腾讯云",'
        '"TemplateId":"1110","TemplateParamSet":["4370"]}'
    ).encode()
    at = datetime.fromtimestamp(1551113065, tz=UTC)
    made = tencent.signature("SECRETEXAMPLE", "sms.tencentcloudapi.com", tencent.JSON, body, at)
    assert made == "3049b0e916e80cade453464422f554fc816a5e0015774a6ad506677debc46bee"


@pytest.mark.parametrize(
    ("given", "country", "number"),
    [
        ("13900001234", "86", "+8613900001234"),
        ("8613900001234", "86", "+8613900001234"),
        ("+86 139-0000-1234", "86", "+8613900001234"),
        ("０１３９００００１２３４", "86", "+8613900001234"),
        ("0044 20 7946 0958", "86", "+442079460958"),
        ("(415) 555-2671", "1", "+14155552671"),
        ("+1 (415) 555-2671", "86", "+14155552671"),
        ("+0123456789", "86", None),
        ("+86", "86", None),
        ("13900001234 or 5", "86", None),
    ],
)
def test_a_number_is_as_the_world_dials_it(given: str, country: str, number: str | None) -> None:
    assert phone(given, country) == number


@pytest.mark.parametrize(
    "more", [{"sender": None}, {"messaging_service_sid": "MG1"}, {"account_sid": "x/../y"}, {"endpoint": "ftp://x"}]
)
def test_settings_of_twilio_that_could_not_work_are_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        twilio_channel(**{"endpoint": "https://api.twilio.com"} | more)
