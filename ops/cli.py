"""The verbs of `./portal`, and the promise that a failure is one sentence and not a traceback."""

import argparse
import errno
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

from ops import processes, verbs
from ops.packs import NAMES
from ops.places import LOGS
from ops.terminal import Refusal, say
from ops.up import up
from ops.verify import verify

HELP = f"""بوابة المستفيد — أوامر التشغيل

./portal up                 تشغيل البوابة كاملة: المكتبات وقاعدة البيانات والموقع والمهام
     --pack NAME            حزمة البداية: {" · ".join(NAMES)}
     --port 8000            المنفذ
     --host 127.0.0.1       العنوان
./portal test               كل الفحوص؛ ومع وسائط: pytest بهذه الوسائط وحدها
./portal manage ARGS        أوامر manage.py بإعدادات هذا المجلد
./portal psql               طرفية قاعدة البيانات
./portal database           تشغيل قاعدة البيانات وحدها وتركها تعمل
./portal down               إيقاف ما بقي يعمل
./portal reset --yes        حذف كل البيانات والبدء من جديد
"""
VERBS: dict[str, Callable[[argparse.Namespace], int]] = {"up": up, "test": verify} | {
    name: getattr(verbs, name) for name in ("manage", "psql", "database", "down", "reset")
}
PASSED_ON = ("test", "manage", "psql")  # their arguments belong to pytest, manage.py and psql


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refusal(f"لم يُفهم الأمر ({message}).\n\n{HELP}")


def main(words: list[str]) -> int:
    """Run one verb; the exit code. 0 done, 1 refused, 130 stopped by a signal."""
    processes.heed_signals()
    try:
        return run(words)
    except Refusal as refusal:
        say(str(refusal))
    except KeyboardInterrupt:
        say("أُوقف الأمر.")
        return 130
    except OSError as error:
        say(sentence_of(error))
    except Exception:
        say(unexpected())
    return 1


def run(words: list[str]) -> int:
    if not words or words[0] == "help" or asks_for_help(words):
        say(HELP)
        return 0
    options = parse(words)
    return VERBS[words[0]](options)


def asks_for_help(words: list[str]) -> bool:
    """After a verb too; but what is passed on has a help of its own."""
    return words[0] not in PASSED_ON and not {"-h", "--help"}.isdisjoint(words)


def parse(words: list[str]) -> argparse.Namespace:
    if words[0] in PASSED_ON:
        return argparse.Namespace(arguments=words[1:])
    parser = Parser(prog="portal", add_help=False)
    parser.add_argument("verb", choices=VERBS)
    if words[0] == "up":
        parser.add_argument("--pack", choices=NAMES)
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
    if words[0] == "reset":
        parser.add_argument("--yes", action="store_true")
    return parser.parse_args(words)


def sentence_of(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "امتلأ القرص؛ أفرغ مساحة ثم أعد المحاولة."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"لا يُسمح لهذا المستخدم بالكتابة في {error.filename}؛ شغّل الأمر بالمستخدم الذي يملك هذا المجلد."
    return unexpected()


def unexpected() -> str:
    """Keep the traceback for whoever mends this, and say where it is."""
    try:
        LOGS.mkdir(parents=True, exist_ok=True)
        with open(LOGS / "portal.log", "a") as log:
            traceback.print_exc(file=log)
    except OSError:
        return f"خطأ غير متوقع: {sys.exception()!r}" if hasattr(sys, "exception") else "خطأ غير متوقع."
    return f"خطأ غير متوقع: {sys.exc_info()[1]}؛ تفصيله في {LOGS / 'portal.log'}."
