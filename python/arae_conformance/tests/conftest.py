from pathlib import Path

import pytest
from arae_conformance.vectors import read_vectors, vectors_folder


def pytest_addoption(parser):
    parser.addoption("--vectors", type=Path, default=vectors_folder(), help="folder of the vectors, default: those beside this package")
    parser.addoption("--broken", type=int, default=1000, help="how many broken texts of each kind are compared with Node")
    parser.addoption("--broken-seed", type=int, default=1, help="which ones")


def pytest_generate_tests(metafunc):
    """A test that takes `vector` runs once for each."""
    if "vector" in metafunc.fixturenames:
        found = read_vectors(metafunc.config.getoption("vectors"))
        pairs = [(kind, one) for kind, some in found.items() for one in some]
        # Numbered, since names are any text.
        ids = [f"{kind}-{index}" for kind, some in found.items() for index, _ in enumerate(some)]
        metafunc.parametrize("vector", pairs, ids=ids)


@pytest.fixture(scope="session")
def vectors(pytestconfig):
    """The vectors of each kind."""
    return read_vectors(pytestconfig.getoption("vectors"))
