"""
Puts into the archives what lies elsewhere in the repository, where it has its one source: the texts of the bundled prompt pack, and for
the source archive the vectors, so that it can be tested and built without the repository.
"""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKS = "libs/floorplan/prompt-packs"
VECTORS = "test-fixtures/conformance"


class ArchiveHook(BuildHookInterface):
    def initialize(self, version, build_data):
        root = Path(self.root)
        repository = root.parents[1]
        # Inside an unpacked source archive both lie in it already.
        if (root / "src/arae_conformance/prompt_packs").exists() or version == "editable":
            return
        if not (repository / PACKS).exists():
            raise FileNotFoundError(f"{repository / PACKS} is missing: build inside the repository or from the source archive")
        if self.target_name == "wheel":
            build_data["force_include"][str(repository / PACKS)] = "arae_conformance/prompt_packs"
        else:
            build_data["force_include"][str(repository / PACKS)] = "src/arae_conformance/prompt_packs"
            build_data["force_include"][str(repository / VECTORS)] = "vectors"
