"""A server on this machine is one under all names of it."""

import pytest

from annotate.loopback import is_same_endpoint, same_endpoints


def test_each_name_has_the_others() -> None:
    names = [f"http://{name}:8000/v1" for name in ("localhost", "127.0.0.1", "[::1]")]
    for name in names:
        assert {name, *same_endpoints(name)} == set(names)
        assert all(is_same_endpoint(name, other) for other in names)


@pytest.mark.parametrize(
    "other",
    [
        "http://localhost:8001/v1",
        "https://localhost:8000/v1",
        "http://localhost:8000/v2",
        "http://localhost.example:8000/v1",
        "http://127.0.0.1.example:8000/v1",
        "http://10.0.0.1:8000/v1",
        "localhost:8000/v1",
        None,
    ],
)
def test_another_port_scheme_path_or_host_is_another_endpoint(other: str | None) -> None:
    assert not is_same_endpoint("http://localhost:8000/v1", other)
    assert not is_same_endpoint(other, "http://localhost:8000/v1")


def test_what_has_no_endpoint_is_equal_to_itself_alone() -> None:
    assert is_same_endpoint(None, None)
    assert same_endpoints("my-server") == []
