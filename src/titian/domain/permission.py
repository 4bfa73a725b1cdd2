"""Permissions: what may be done in a workspace, and which role may do it; the one table of it."""

from __future__ import annotations

from typing import Literal, get_args

from titian.domain.words import Words

Permission = Literal[
    "numbers.read",
    "customers.read",
    "customers.personal",
    "customers.export",
    "customers.mark",
    "customers.note",
    "customers.hand_out",
    "customers.erase",
    "audiences.write",
    "layerings.write",
    "definitions.apply",
    "data.read",
    "data.load",
    "data.undo",
    "settings.write",
    "keys.own",
    "people.manage",
    "audit.read",
]
Role = Literal["owner", "admin", "analyst", "operator", "viewer"]

PERMISSIONS: tuple[Permission, ...] = get_args(Permission)
ROLES: tuple[Role, ...] = get_args(Role)

_LOOKS: tuple[Permission, ...] = ("numbers.read", "customers.read")
_WORKS: tuple[Permission, ...] = (
    *_LOOKS,
    "customers.export",
    "customers.mark",
    "audiences.write",
    "data.read",
    "keys.own",
)
_ALL = frozenset(PERMISSIONS)

MAY: dict[Role, frozenset[Permission]] = {
    "owner": _ALL,
    "admin": _ALL,
    "analyst": frozenset({*_WORKS, "layerings.write", "definitions.apply"}),
    "operator": frozenset({*_WORKS, "customers.personal", "customers.note", "data.load"}),
    "viewer": frozenset(_LOOKS),
}
"""What each role may do. An admin may all that an owner may, but neither make, change nor remove owners."""

NOT_FOR_KEYS: frozenset[Permission] = frozenset({"people.manage", "keys.own"})
"""What no API key may do, so that a key that got out makes nobody and no other key."""

ROLE_WORDS: dict[Role, Words] = {
    "owner": Words(zh="所有者", en="owner"),
    "admin": Words(zh="管理员", en="admin"),
    "analyst": Words(zh="分析师", en="analyst"),
    "operator": Words(zh="运营", en="operator"),
    "viewer": Words(zh="只读成员", en="viewer"),
}

PERMISSION_WORDS: dict[Permission, Words] = {
    "numbers.read": Words(zh="查看分层、人群和各项数字", en="see layers, audiences and all figures"),
    "customers.read": Words(zh="查看客户名单和画像（姓名等个人信息打码）", en="see customers, personal data masked"),
    "customers.personal": Words(
        zh="看到姓名、生日、备注，并可按姓名、手机、邮箱搜索",
        en="see names, birthdays and notes; search by name, phone and e-mail",
    ),
    "customers.export": Words(zh="导出客户", en="export customers"),
    "customers.mark": Words(zh="给客户打标签", en="tag customers"),
    "customers.note": Words(zh="写备注", en="write notes"),
    "customers.hand_out": Words(zh="调取一位客户的全部数据", en="hand out all data of a customer"),
    "customers.erase": Words(zh="彻底删除客户", en="erase customers"),
    "audiences.write": Words(zh="新建和修改人群、标签", en="make and change audiences and tags"),
    "layerings.write": Words(zh="新建和修改分层模型、行为含义", en="make and change layerings and meanings of events"),
    "definitions.apply": Words(zh="应用和导出定义文件", en="apply and export files of definitions"),
    "data.read": Words(zh="查看导入记录", en="see imports"),
    "data.load": Words(zh="导入数据", en="load data"),
    "data.undo": Words(zh="撤回导入", en="take imports back"),
    "settings.write": Words(zh="修改工作区设置", en="change settings of the workspace"),
    "keys.own": Words(zh="为自己创建 API 密钥", en="make API keys of one's own"),
    "people.manage": Words(zh="管理成员和他们的密钥", en="manage people and their keys"),
    "audit.read": Words(zh="查看和导出审计日志", en="see and export the audit log"),
}
