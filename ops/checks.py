"""What is looked at before anything is made, each with the sentence that says what to do."""

import shutil
import socket
from pathlib import Path

from ops.places import ROOT
from ops.terminal import Refusal

NEEDED = 500_000_000  # bytes: libraries 350 MB, a new cluster 40 MB, logs


def check_disk(folder: Path = ROOT, *, needed: int = NEEDED) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refusal(
            f"المساحة الحرة على القرص {free // 1_000_000} ميغابايت، ويلزم {needed // 1_000_000} على الأقل؛ "
            "أفرغ مساحة ثم أعد المحاولة."
        )


def check_port(host: str, port: int) -> None:
    """Refuse a port that another program holds, before minutes are spent on preparing."""
    if not 0 < port < 65_536:
        raise Refusal(f"رقم المنفذ {port} خارج المدى؛ اختر رقمًا بين 1024 و65535، مثل --port 8000.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise Refusal(f"العنوان {host} غير معروف على هذا الجهاز؛ جرّب --host 127.0.0.1.") from None
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            raise Refusal(f"لا يُسمح لهذا المستخدم بالمنفذ {port}؛ اختر منفذًا فوق 1024، مثل --port 8000.") from None
        except OSError:
            raise Refusal(
                f"المنفذ {port} مشغول ببرنامج آخر؛ أوقفه أو اختر غيره، مثل ./portal up --port {port + 1}."
            ) from None
