"""Uploads: files on their way in, bounded, kept until imported or a day old."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from titian.app.settings import refused, write_whole
from titian.errors import InputError, NotFoundError

KEEP_SECONDS = 24 * 3600

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """One uploaded file; `name` is what the person called it, never used as a path."""

    id: str
    name: str
    path: Path


class Uploads:
    """The uploads of one workspace, a folder each."""

    def __init__(self, folder: Path, max_mb: int) -> None:
        self.folder = folder
        self.max_mb = max_mb

    def begin(self, name: str) -> Upload:
        """Room for a new file called `name`."""
        upload_id = secrets.token_hex(16)
        shown = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[\\/]", name)[-1])[:200] or "upload"
        write_whole(self.folder / upload_id / "upload.json", json.dumps({"name": shown}, ensure_ascii=False))
        return Upload(upload_id, shown, self.folder / upload_id / "content")

    def write(self, sink: IO[bytes], data: bytes) -> None:
        """Append to a file of `begin`. Raises StorageError when the disk refuses."""
        try:
            sink.write(data)
        except OSError as error:
            raise refused(self.folder, error) from error

    def check_size(self, taken: int) -> None:
        """Raise InputError when an upload has grown beyond the bound."""
        if taken > self.max_mb << 20:
            raise InputError(
                f"the file is larger than {self.max_mb} MB",
                "load it with the command line (titian load FILE), or raise server.max_upload_mb in titian.yaml",
                zh=f"文件超过 {self.max_mb} MB",
                hint_zh="请用命令行 titian load 导入，或调大 titian.yaml 中的 server.max_upload_mb",
                limit_mb=self.max_mb,
            )

    def get(self, upload_id: str) -> Upload:
        """A stored upload. Raises NotFoundError when it is gone."""
        folder = self.folder / upload_id
        if not _ID.fullmatch(upload_id) or not (folder / "content").is_file():
            raise NotFoundError(
                f"there is no upload {upload_id}",
                "upload the file again; uploads are kept for a day",
                zh=f"没有编号为 {upload_id} 的上传文件",
                hint_zh="请重新上传；上传的文件只保留一天",
                upload_id=upload_id,
            )
        held = json.loads((folder / "upload.json").read_text("utf-8"))
        return Upload(upload_id, held["name"], folder / "content")

    def remove(self, upload_id: str) -> None:
        """Forget an upload; no error when it is gone already."""
        if _ID.fullmatch(upload_id):
            shutil.rmtree(self.folder / upload_id, ignore_errors=True)

    def clear(self) -> None:
        """Forget all uploads; whoever has one in hand uploads it again."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what is older than a day."""
        if not self.folder.is_dir():
            return
        for folder in self.folder.iterdir():
            if time.time() - folder.stat().st_mtime > KEEP_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
