"""Home of a workspace: its lake, or the cluster that its settings name."""

from __future__ import annotations

from titian.app.workspace import Workspace
from titian.warehouse.home import ClusterHome, Home, LakeHome
from titian.warehouse.lake import Lake
from titian.warehouse.placed import Place


def home_of(workspace: Workspace) -> Home:
    """Open where the workspace's data are. Raises StorageError when a cluster does not answer."""
    warehouse = workspace.settings.warehouse
    if warehouse.address is None:
        return LakeHome(Lake.open(workspace.path, zone=workspace.settings.timezone))
    places = {name: Place(found.place, found.columns) for name, found in workspace.settings.tables.items()}
    return ClusterHome.open(warehouse.address, warehouse.options, places)
