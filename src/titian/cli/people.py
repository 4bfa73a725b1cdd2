"""people, add-person, change-person, remove-person: who may sign in, from the machine that has the files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from titian.app import membership
from titian.app.answers.people import AddedPerson, NewPerson, PersonAsked, PersonInfo
from titian.cli.language import said, say
from titian.cli.options import AsJson, Commands, InWorkspace, desk
from titian.cli.screen import note, print_json, print_table, print_text


class RoleName(StrEnum):
    """What somebody may do."""

    OWNER = "owner"
    ADMIN = "admin"
    ANALYST = "analyst"
    OPERATOR = "operator"
    VIEWER = "viewer"


Login = Annotated[str, typer.Argument(help="What they sign in with: an e-mail address or a short name.")]


def people(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """List who may sign in, and as what."""
    with desk(workspace) as opened:
        found = membership.everybody(opened)
    if as_json:
        print_json(found)
        return
    if not found.people:
        print_text(
            say(
                "还没有成员，因此只有本机能访问；添加所有者：titian add-person 登录名 --role owner",
                "nobody yet, so only this machine is served; add an owner: titian add-person LOGIN --role owner",
            )
        )
        return
    names = {role.key: said(role.name) for role in found.roles}
    rows = [(one.login, one.name, names[one.role], _state(one), _day(one)) for one in found.people]
    print_table(
        (
            say("登录名", "login"),
            say("姓名", "name"),
            say("角色", "role"),
            say("状态", "state"),
            say("上次登录", "last"),
        ),
        rows,
    )


def add_person(
    login: Login,
    role: Annotated[RoleName, typer.Option(help="What they may do; titian people --json lists it.")],
    name: Annotated[str, typer.Option(help="What they are called.")] = "",
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Add somebody, with a password for their first time. With the first, an owner, everybody has to sign in."""
    with desk(workspace) as opened:
        _tell(membership.add(opened, NewPerson(login=login, name=name, role=role.value), None), as_json)


def change_person(
    login: Login,
    role: Annotated[RoleName | None, typer.Option(help="Another role.")] = None,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    active: Annotated[bool | None, typer.Option("--active/--inactive", help="Whether they can sign in.")] = None,
    new_password: Annotated[bool, typer.Option("--new-password", help="Give them another password.")] = False,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Give somebody another role, name, state or password."""
    with desk(workspace) as opened:
        held = membership.called(opened, login)
        asked = PersonAsked(
            name=held.name if name is None else name,
            role=held.role if role is None else role.value,
            active=held.active if active is None else active,
            base_version=held.version,
        )
        changed = membership.change(opened, held.id, asked, None)
        if new_password:
            _tell(membership.new_password(opened, held.id, None), as_json)
            return
    print_json(changed) if as_json else print_text(f"{changed.login}: {changed.role}, {_state(changed)}")


def remove_person(login: Login, workspace: InWorkspace = None) -> None:
    """Take somebody away, with sessions and keys; what they did stays in the audit log."""
    with desk(workspace) as opened:
        opened.people.remove(membership.called(opened, login).id, None)
    note(say(f"已删除 {login}", f"removed {login}"))


def _tell(added: AddedPerson, as_json: bool) -> None:
    if as_json:
        print_json(added)
        return
    person = added.person
    print_text(
        say(
            f"{person.login}（{person.role}）的密码：{added.password}",
            f"password of {person.login} ({person.role}): {added.password}",
        )
    )
    note(
        say(
            "密码只显示这一次；首次登录时须修改",
            "it is shown this once, and has to be changed at the first sign-in",
        )
    )


def _state(person: PersonInfo) -> str:
    if not person.active:
        return say("停用", "inactive")
    return say("待改密码", "password to be changed") if person.must_change else say("启用", "active")


def _day(person: PersonInfo) -> str:
    return "–" if person.signed_in_at is None else person.signed_in_at.isoformat(sep=" ", timespec="minutes")


COMMANDS: Commands = {
    "people": people,
    "add-person": add_person,
    "change-person": change_person,
    "remove-person": remove_person,
}
