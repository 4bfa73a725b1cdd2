"""The workspace."""


class Workspace: ...
