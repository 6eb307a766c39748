import socket

import pytest

from ops import checks
from ops.terminal import Refusal


def listener() -> socket.socket:
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()
    return server


def test_a_busy_port_is_one_sentence_that_proposes_another():
    with listener() as server, pytest.raises(Refusal) as refusal:
        checks.check_port("127.0.0.1", server.getsockname()[1])

    assert "مشغول ببرنامج آخر" in str(refusal.value)
    assert "--port" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_free_port_is_accepted():
    with listener() as server:
        port = server.getsockname()[1]

    checks.check_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("no-such-host.invalid", 8000), ("127.0.0.1", 70_000)])
def test_an_impossible_address_is_refused(host, port):
    with pytest.raises(Refusal):
        checks.check_port(host, port)


def test_a_full_disk_is_told_in_megabytes(tmp_path):
    with pytest.raises(Refusal, match="المساحة الحرة"):
        checks.check_disk(tmp_path, needed=10**18)


def test_enough_disk_is_accepted(tmp_path):
    checks.check_disk(tmp_path, needed=1)
