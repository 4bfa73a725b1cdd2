"""Only this machine is served, and no foreign page writes."""

import pytest
from fastapi.testclient import TestClient

from tests.server.conftest import HOME
from titian.app.loopback import is_loopback, require_loopback
from titian.errors import InputError


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "LOCALHOST.", "::1", "[::1]"])
def test_loopback_hosts_are_served(host: str) -> None:
    require_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.5", "example.com", "localhost.evil.com", "127.0.0.1.nip.io", ""]
)
def test_other_hosts_are_refused_with_the_reason(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(InputError, match="sign in"):
        require_loopback(host)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.nip.io:8484", "0.0.0.0:8484", "", "localhost@evil.example"]
)
@pytest.mark.parametrize("path", ["/api/v1/workspace", "/", "/metrics"])
def test_a_foreign_host_header_is_refused(client: TestClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_host")


@pytest.mark.parametrize("host", ["localhost:9", "[::1]:8484", "127.0.0.1"])
def test_every_name_of_this_machine_is_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_a_caller_from_elsewhere_is_refused(client: TestClient) -> None:
    elsewhere = TestClient(client.app, base_url=HOME, client=("10.0.0.9", 4000))
    assert elsewhere.get("/api/v1/workspace").json()["code"] == "foreign_caller"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:3000"},
        {"sec-fetch-site": "cross-site"},
    ],
    ids=str,
)
def test_a_foreign_page_can_not_write(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.patch("/api/v1/workspace", json={"name": "x"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


def test_the_own_page_and_a_program_write(own_client: TestClient) -> None:
    for headers in ({"origin": HOME, "sec-fetch-site": "same-origin"}, {}):
        assert own_client.patch("/api/v1/workspace", json={"name": "y"}, headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/v1/workspace", "/api/v1/nothing", "/healthz", "/api/docs"])
def test_every_answer_carries_the_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
