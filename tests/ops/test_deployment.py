"""What is true of the files a deployment starts from. No Docker engine is needed, and none was used."""

import re
import subprocess

import pytest
import yaml

from ops import frontend, provision
from ops.places import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
LOCK_FILES = [
    "package-lock.json",
    "ops/embedded/package-lock.json",
    "requirements.txt",
    "requirements-dev.txt",
    "ops/node/requirements.txt",
]


def test_every_lasting_service_has_a_health_check():
    assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "beat"}
    assert all("healthcheck" in service for name, service in SERVICES.items() if name != "migrate")


def test_migrate_runs_once_as_the_owner_and_the_others_as_the_application():
    assert SERVICES["migrate"]["restart"] == "no"
    assert "portal_owner" in SERVICES["migrate"]["environment"]["DATABASE_URL"]
    for name in ("web", "worker", "beat"):
        assert "portal_app" in SERVICES[name]["environment"]["DATABASE_URL"]
        assert "OWNER" not in str(SERVICES[name]["environment"])
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_database_speaks_utf8():
    assert "--encoding=UTF8 --locale=C.UTF-8" in SERVICES["db"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_the_image_of_the_database_is_recent():
    assert int(SERVICES["db"]["image"].removeprefix("postgres:")) >= 16


def test_redis_writes_down_every_job_and_throws_none_away():
    command = " ".join(SERVICES["redis"]["command"])

    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_every_volume_is_named():
    used = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}

    assert {name for name in used if not name.startswith("./")} == set(COMPOSE["volumes"])


def test_the_database_and_the_broker_are_closed_to_the_network():
    assert "ports" not in SERVICES["db"]
    assert "ports" not in SERVICES["redis"]
    assert "127.0.0.1" in SERVICES["web"]["ports"][0]


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()

    for name in re.findall(r"\$\{(\w*(?:PASSWORD|KEY|SALT)\w*)", text):
        assert f"${{{name}:?" in text
        assert f"${{{name}:-" not in text


def test_the_image_does_not_run_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert [line for line in lines if line.startswith("USER")] == ["USER portal"]


def test_every_variable_is_in_the_example():
    example = (ROOT / ".env.example").read_text()
    settings = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', settings))
    read |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert read
    assert {name for name in read if not re.search(rf"^#?{name}=", example, re.MULTILINE)} == set()


@pytest.mark.parametrize("name", LOCK_FILES)
def test_a_lock_file_carries_hashes_and_no_download_address(name):
    text = (ROOT / name).read_text()

    assert "sha512-" in text or "--hash=sha256:" in text
    assert '"resolved"' not in text
    assert "--index-url" not in text
    assert not re.search(r"https?://[^\"\s]*(npmjs|pypi|registry)", text)


def test_no_committed_file_of_operations_names_a_registry():
    files = [
        "portal",
        "Dockerfile",
        "docker-compose.yml",
        ".ci/run",
        "package.json",
        "ops/embedded/package.json",
    ]

    for path in [*(ROOT / name for name in files), *(ROOT / "ops").glob("*.py")]:
        assert not re.search(r"https?://[^\"'\s]*(npmjs|pypi|pythonhosted)", path.read_text()), path


def test_the_image_and_the_launcher_make_the_same_roles_and_rights():
    """roles.sh is a copy in shell; what provision.py grants must stand in it."""
    script = " ".join((ROOT / "docker" / "postgres" / "roles.sh").read_text().split())
    source = (ROOT / "ops" / "provision.py").read_text()
    granted = re.findall(r'"((?:CREATE EXTENSION|ALTER SCHEMA|REVOKE|GRANT|ALTER DEFAULT)[^"]*)"', source)

    assert len(granted) >= 6
    for line in granted:
        positional = line.strip().replace("GRANT {} TO {}", f"GRANT {provision.APP} TO {provision.OWNER}")
        assert positional.format(owner=provision.OWNER, app=provision.APP) in script


@pytest.mark.parametrize("script", ["docker/postgres/roles.sh", ".ci/run"])
def test_shell_scripts_parse(script):
    subprocess.run(["bash", "-n", ROOT / script], check=True)


def test_every_file_that_a_stylesheet_names_is_copied_with_it(tmp_path):
    folder = tmp_path / "modules" / "icons"
    (folder / "fonts").mkdir(parents=True)
    (folder / "icons.css").write_text(
        '@font-face{src:url("fonts/a.woff2?1") url(./b.woff)} .x{background:url("data:x")}'
        "/*# sourceMappingURL=icons.css.map */"
    )
    for name in ("fonts/a.woff2", "b.woff", "icons.css.map"):
        (folder / name).write_text("")

    frontend._copy_with_named(folder / "icons.css", tmp_path / "vendor")

    copied = {str(path.relative_to(tmp_path / "vendor")) for path in (tmp_path / "vendor").rglob("*.*")}
    assert copied == {"icons.css", "icons.css.map", "fonts/a.woff2", "b.woff"}
