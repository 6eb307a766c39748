import os
import socket
import subprocess
import sys

import pytest

from ops import engine, places, postgres, processes
from ops.postgres import Cluster
from ops.terminal import Refusal


@pytest.fixture
def cluster(short_folder, monkeypatch) -> Cluster:
    """A cluster's folders, with no server, as an ordinary user sees them."""
    monkeypatch.setattr(postgres, "database_user", lambda: None)
    (short_folder / "postgres").mkdir()
    return Cluster(short_folder)


def write_pid(cluster: Cluster, pid: int) -> None:
    (cluster.data / "postmaster.pid").write_text(f"{pid}\n{cluster.data}\n")


def test_no_pid_file_means_no_server(cluster):
    assert postgres.running_pid(cluster) is None


def test_a_pid_of_a_dead_process_is_no_server(cluster):
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    write_pid(cluster, int(ended.stdout))

    assert postgres.running_pid(cluster) is None


def test_a_pid_used_again_by_a_stranger_is_no_server(cluster):
    write_pid(cluster, os.getpid())

    assert postgres.running_pid(cluster) is None


def test_a_process_that_names_the_data_folder_is_the_server(cluster):
    server = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", str(cluster.data)])
    write_pid(cluster, server.pid)
    try:
        assert postgres.running_pid(cluster) == server.pid
    finally:
        server.kill()
        server.wait()


def test_a_zombie_is_not_alive():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and nobody has looked yet

    os.kill(child.pid, 0)  # the control: by this the zombie looks alive
    assert not processes.alive(child.pid)
    child.wait()


def test_a_stale_pid_goes_together_with_the_sockets_lock(cluster):
    write_pid(cluster, 1)
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (cluster.sockets / name).touch()

    postgres.clear_stale_files(cluster)

    assert not (cluster.data / "postmaster.pid").exists()
    assert list(cluster.sockets.iterdir()) == []


def test_files_of_a_server_that_answers_are_left_alone(cluster):
    write_pid(cluster, 1)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(cluster.sockets / ".s.PGSQL.5432"))
        server.listen()
        with pytest.raises(Refusal, match="حاوية"):
            postgres.clear_stale_files(cluster)

    assert (cluster.data / "postmaster.pid").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where a process works")
def test_what_still_works_in_the_data_folder_is_seen(cluster):
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], cwd=cluster.data)
    try:
        assert postgres.leftovers(cluster) == [left.pid]
    finally:
        left.kill()
        left.wait()


def test_every_locale_asked_for_is_utf8():
    assert all("UTF-8" in locale or "utf8" in locale for (locale,) in postgres.LOCALES)


def test_a_long_clone_path_gets_a_short_socket_folder(short_folder):
    home = short_folder / ("long" * 20)
    home.mkdir()

    folder = places.socket_folder("postgres", home=home, owner=None)

    assert len(str(folder / ".s.PGSQL.5432.lock")) < places.SOCKET_PATH_LIMIT
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.rmdir()


def test_a_link_put_where_our_folder_goes_is_refused(short_folder):
    (short_folder / "ours").symlink_to("/tmp")

    with pytest.raises(Refusal, match="ليس لنا"):
        places.private_folder(short_folder / "ours", owner=None)


def test_library_links_are_made_again_as_npm_lists_them(tmp_path):
    native = tmp_path / "native"
    (native / "lib").mkdir(parents=True)
    (native / "lib" / "libpq.so.5.18").write_text("library")
    (native / "pg-symlinks.json").write_text(
        '[{"source": "native/lib/libpq.so.5.18", "target": "native/lib/libpq.so.5"}]'
    )

    for _ in range(2):
        engine.restore_links(native)

    assert (native / "lib" / "libpq.so.5").read_text() == "library"
    assert os.readlink(native / "lib" / "libpq.so.5") == "libpq.so.5.18"


def test_a_cluster_of_a_version_that_is_gone_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "_installed", list)

    with pytest.raises(Refusal, match="PostgreSQL 13"):
        engine.find_engine(home=tmp_path, major=13)
