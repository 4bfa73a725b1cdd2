"""OpenID Connect: signing in with the word of a provider (authorisation code with PKCE, OpenID Connect Core 1.0)."""

from __future__ import annotations

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from fastapi import Request
from fastapi.responses import RedirectResponse
from httpx2 import HTTPError
from joserfc.errors import JoseError

from titian.app.desk import Desk
from titian.errors import InputError, NotFoundError, SignInError
from titian.server.callers import cookie
from titian.server.cookies import Cookies

CALLBACK = "/api/v1/session/openid/callback"
DISCOVERY = "/.well-known/openid-configuration"
WAIT_SECONDS = 10

log = structlog.get_logger("titian.server")


def provider(desk: Desk) -> StarletteOAuth2App:
    """The provider of the workspace. Raises NotFoundError where none is set, InputError without its secret."""
    settings = desk.workspace.settings.server.openid
    if settings is None:
        raise NotFoundError(
            "no provider is set for signing in",
            "set server.openid in titian.yaml",
            zh="没有设置可用于登录的 OpenID 服务",
            hint_zh="请在 titian.yaml 中设置 server.openid",
        )
    secret = os.environ.get(settings.secret_variable)
    if not secret:
        raise InputError(
            f"the environment variable {settings.secret_variable} does not hold the secret of the provider",
            "set it where titian serve runs",
            zh=f"环境变量 {settings.secret_variable} 中没有 OpenID 服务的密钥",
            hint_zh="请在运行 titian serve 的环境中设置",
        )
    made = OAuth().register(
        "openid",
        client_id=settings.client_id,
        client_secret=secret,
        server_metadata_url=settings.issuer + DISCOVERY,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": WAIT_SECONDS},
    )
    assert isinstance(made, StarletteOAuth2App)
    return made


async def begin(request: Request, desk: Desk) -> RedirectResponse:
    """Send the browser to the provider; what it has to come back with is left with the browser."""
    with_provider = provider(desk)
    try:
        asked = await with_provider.create_authorization_url(_back_to(request))
    except (HTTPError, ValueError, RuntimeError) as error:
        raise _unreachable(error) from error
    kept = {name: asked[name] for name in ("state", "nonce", "code_verifier")}
    answer = RedirectResponse(asked["url"], 303)
    text = urlsafe_b64encode(json.dumps(kept).encode()).decode()
    Cookies.of(desk, request.url.scheme).give(answer, "openid", text)
    return answer


async def claims(request: Request, desk: Desk) -> tuple[str, str]:
    """The verified e-mail address and the name of who came back. Raises SignInError for anything that does not fit."""
    kept = _kept(request, desk)
    state = request.query_params.get("state", "")
    if not kept or not hmac.compare_digest(state.encode(), str(kept.get("state")).encode()):
        raise _refused("it was begun in another browser, or too long ago", "在另一浏览器中开始，或时间过长")
    if "code" not in request.query_params:
        raise _refused("the provider refused", "登录服务拒绝了请求")
    with_provider = provider(desk)
    try:
        token = await with_provider.fetch_access_token(
            _back_to(request), code=request.query_params["code"], code_verifier=kept["code_verifier"]
        )
        said: Any = await with_provider.parse_id_token(token, kept["nonce"])
    except HTTPError as error:
        raise _unreachable(error) from error
    except (OAuthError, JoseError, ValueError, KeyError, RuntimeError) as error:
        log.warning("sign-in by the provider failed", why=type(error).__name__)
        raise _refused("what the provider said does not hold", "登录服务的答复无效") from error
    if not said or not said.get("email") or said.get("email_verified") is not True:
        raise _refused("the provider does not vouch for an e-mail address", "登录服务未提供已验证的邮箱")
    return str(said["email"]), str(said.get("name") or "")


def _kept(request: Request, desk: Desk) -> dict[str, str]:
    text = cookie(request.headers, Cookies.of(desk, request.url.scheme).name("openid")) or ""
    try:
        held = json.loads(urlsafe_b64decode(text.encode()))
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def _back_to(request: Request) -> str:
    return str(request.base_url).rstrip("/") + CALLBACK


def _unreachable(error: Exception) -> SignInError:
    log.warning("the provider of sign-in can't be reached", why=type(error).__name__)
    return _refused("the provider can't be reached", "无法连接登录服务")


def _refused(why: str, why_zh: str) -> SignInError:
    return SignInError(
        f"signing in did not work: {why}",
        "try again; or sign in with your password",
        zh=f"登录未成功：{why_zh}",
        hint_zh="请重试，或使用密码登录",
    )
