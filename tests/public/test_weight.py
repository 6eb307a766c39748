"""The public pages about the policy and the services: at most 60 KB in at most four requests, without a script."""

import gzip

import pytest
from django.urls import reverse

from policies.models import Service
from tests.cast import amend
from tests.public.test_status_page import loaded

MOST = 60_000


def sent(client, path: str) -> tuple[str, int]:
    """The page, and its bytes as they cross the wire."""
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    return gzip.decompress(answer.content).decode(), len(answer.content)


@pytest.mark.parametrize("pack_name", ["libraries", "dawah", "cooperative", "social", "software"])
@pytest.mark.parametrize("name", ["policies:policy", "policies:services", "policies:service"])
def test_a_page_is_light(client, load_pack, pack_name, name):
    load_pack(pack_name)
    amend()
    args = [Service.objects.first().code] if name == "policies:service" else []
    page, size = sent(client, reverse(name, args=args))
    files = loaded(page)
    weights = [gzip.compress(file.read_bytes()) if file.suffix == ".css" else file.read_bytes() for file in files]
    assert len(files) + 1 <= 4
    assert size + sum(map(len, weights)) <= MOST
    assert "<script" not in page


def test_no_compressed_page_holds_a_secret(client, pack):
    """What an attacker could guess at by its length (BREACH): no form of ours is in them."""
    for name in ("policies:policy", "policies:services"):
        page, _size = sent(client, reverse(name))
        assert "csrfmiddlewaretoken" not in page
