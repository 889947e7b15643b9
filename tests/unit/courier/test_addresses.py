"""A web address that a person typed leads to the public internet, or nowhere."""

import asyncio

import pytest

from campotech_wa.courier import addresses
from campotech_wa.errors import InvalidInput


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://example.com/alerts",
        "ftp://example.com",
        "https://",
        "https:///alerts",
        "https://user:secret@example.com/",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com/#part",
        "https://exa mple.com/",
        "https://example.com/\r\nHost: other",
        "https://ejemplo.com/ñ",
        "https://[::1",
        "https://a..example.com/",
        "https://.example.com/",
        "https://" + "a" * 64 + ".com/",
        "https://example.com/" + "a" * 500,
        "javascript:alert(1)",
    ],
)
def test_what_is_no_https_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match="https address"):
        addresses.check(url, is_development=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.8",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[::ffff:10.0.0.8]",
        "[::ffff:127.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a00:8]",
        "[64:ff9b:1::a00:8]",
        "[::10.0.0.8]",
        "[::ffff:0:10.0.0.8]",
        "[fec0::1]",
        "[ff02::1]",
    ],
)
def test_what_leads_into_a_private_network_is_refused(host: str) -> None:
    with pytest.raises((InvalidInput, OSError)):
        asyncio.run(addresses.resolve(f"https://{host}/", is_development=False))


@pytest.mark.parametrize("host", ["10.0.0.8", "[fc00::1]", "169.254.169.254"])
def test_while_developing_only_this_machine_is_an_exception(host: str) -> None:
    with pytest.raises(InvalidInput):
        asyncio.run(addresses.resolve(f"https://{host}/", is_development=True))
    with pytest.raises(InvalidInput):
        addresses.check(f"http://{host}/", is_development=True)


def test_the_request_goes_to_the_address_that_was_looked_at() -> None:
    target = asyncio.run(addresses.resolve("http://localhost:8123/a?b=c", is_development=True))

    assert target.url in ("http://127.0.0.1:8123/a?b=c", "http://[::1]:8123/a?b=c")
    assert (target.host, target.name) == ("localhost:8123", "localhost")


def test_a_public_address_is_called_as_it_stands() -> None:
    target = asyncio.run(addresses.resolve("https://93.184.215.14/alerts", is_development=False))

    assert (target.url, target.host) == ("https://93.184.215.14:443/alerts", "93.184.215.14")
