"""serve, demo: the console on this machine."""

from __future__ import annotations

import os
import socket
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from titian.app import demo as demos
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.loopback import is_loopback, require_loopback
from titian.app.workspace import ENVIRONMENT, Workspace
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace
from titian.cli.screen import meter, note, print_json, print_text
from titian.errors import BusyError, InputError

APPLICATION = "titian.server.app:from_environment"
GRACE_SECONDS = 10


class Data(StrEnum):
    """What the demo shows."""

    RETAIL = "retail"
    TEA = "tea"


Host = Annotated[str | None, typer.Option(help="A loopback address; others once there is an owner who signs in.")]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="Else the workspace's, 8484.")]


def serve(host: Host = None, port: Port = None, workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Serve the console and the API of the workspace."""
    _serve(workspaces.find(workspace), host, port, as_json)


def demo(
    host: Host = None,
    port: Port = None,
    data: Annotated[
        Data, typer.Option(help="A real shop's orders, or a made shop with events, links and costs.")
    ] = Data.RETAIL,
    customers: Annotated[int, typer.Option(help="Of the made shop, from 20 to 10 million.")] = demos.TEA_CUSTOMERS,
    folder: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="Where to keep the demo; else demo, or demo-tea.")
    ] = None,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Only load the data, or serve them too.")] = True,
    as_json: AsJson = False,
) -> None:
    """Load sample data, put the customers into layers and serve the console."""
    with meter(not as_json) as progress:
        if data is Data.TEA:
            shown = demos.tea_demo(folder or Path("demo-tea"), progress, customers)
        else:
            shown = demos.demo(folder or Path("demo"), progress)
    note(said(shown.greeting))
    note(said(shown.attribution))
    if serving:
        _serve(shown.workspace, host, port, as_json)
    elif as_json:
        print_json({"path": str(shown.workspace.path), "customers": shown.customers})


def _serve(workspace: Workspace, host: str | None, port: int | None, as_json: bool) -> None:
    at = host or workspace.settings.server.host
    with Desk(workspace) as desk:
        if desk.is_open():
            require_loopback(at)
    listening = _listen(at, port or workspace.settings.server.port)
    shown = f"[{at}]" if ":" in at else at
    address = f"http://{shown}:{listening.getsockname()[1]}"
    os.environ[ENVIRONMENT] = str(workspace.path)
    if not is_loopback(at):
        note(
            say(
                "在本机之外提供服务：请在前面放一个 HTTPS 反向代理，否则密码会明文传输",
                "served beyond this machine: put a proxy with HTTPS before it, else passwords travel in the clear",
            )
        )
    if as_json:
        print_json({"address": address, "workspace": str(workspace.path)})
    else:
        print_text(say(f"控制台：{address}（Ctrl+C 结束）", f"console: {address} (Ctrl+C ends it)"))
    config = uvicorn.Config(
        APPLICATION,
        factory=True,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens, or a plain word about why not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except socket.gaierror as error:
        raise InputError(
            f"{host} is no address of this machine",
            "use 127.0.0.1",
            zh=f"{host} 不是本机地址",
            hint_zh="请使用 127.0.0.1",
            host=host,
        ) from error
    except OSError as error:
        raise BusyError(
            f"port {port} can't be used: {error.strerror}",
            f"end what uses it, or choose another: --port {port % 65535 + 1}",
            zh=f"无法使用端口 {port}：{error.strerror}",
            hint_zh=f"请结束占用它的程序，或另选端口：--port {port % 65535 + 1}",
            port=port,
        ) from error
    return listening


COMMANDS: Commands = {"serve": serve, "demo": demo}
