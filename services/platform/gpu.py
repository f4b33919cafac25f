"""Whether this machine has a GPU that models can use, told by what the system shows of it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

NONE_VISIBLE = {"", "-1"}


def has_gpu(
    system: str = sys.platform,
    machine: str | None = None,
    root: Path = Path("/"),
    environment: Mapping[str, str] = os.environ,
) -> bool:
    """A look at device files, in microseconds. That a library can use what is there shows when it is used."""
    if system == "darwin":
        return (machine or platform.machine()) == "arm64"
    if environment.get("CUDA_VISIBLE_DEVICES", "all") in NONE_VISIBLE:
        return False
    if system == "win32":
        return (Path(environment.get("SYSTEMROOT", "C:/Windows")) / "System32" / "nvcuda.dll").exists()
    in_wsl = (root / "usr/lib/wsl/lib/libcuda.so.1").exists()
    return in_wsl or any((root / "dev").glob("nvidia[0-9]*"))
