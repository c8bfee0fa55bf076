import socket
from pathlib import Path

import pytest

from assistant.chat import serve
from index.errors import IndexUnavailable, UsageError


def test_a_port_already_taken_is_told_with_another_to_try(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} .*--port {port + 1}"):
            serve(tmp_path, port=port)


def test_no_index_is_told_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="tisserand-index build"):
        serve(tmp_path / "nowhere", port=0)
