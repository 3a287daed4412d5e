"""The scripts of the parts are files that a browser fetches once."""

from __future__ import annotations

from pathlib import Path

import pytest

from amparo.serve.parts import first_addresses, part_address, part_text, parts_folder, parts_version


def test_a_part_is_kept_for_a_year_under_its_version_and_compressed(server) -> None:
    """On a slow phone the second visit must load nothing."""
    address = part_address("common.js")

    answer = server.ask(address, Cookie=server.cookie(), Accept_Encoding="gzip")

    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000"])
def test_another_version_is_never_kept(server, query: str) -> None:
    """An old part must not meet a new helper after an update."""
    answer = server.ask(f"/am/parts/parts.css{query}", Cookie=server.cookie())

    assert (answer.status, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "name", ["common.py", "../__init__.py", "..%2fpart.py", "none.js", "a/b.js", ".js", "x.js%00"]
)
def test_nothing_but_scripts_and_styles_of_that_folder_is_served(server, name: str) -> None:
    """The route leads into one folder and to two kinds of files."""
    assert server.ask(f"/am/parts/{name}", Cookie=server.cookie()).status in {400, 404}


def test_without_the_cookie_no_part_is_served(server) -> None:
    """Another program on this computer must not learn what runs here."""
    assert server.ask(part_address("common.js")).status == 401


def test_a_relative_import_carries_the_version_too(tmp_path, monkeypatch) -> None:
    """Else a helper would be asked for under an address that is never kept."""
    (tmp_path / "a.js").write_text('import { el } from "./b.js";\nconst x = "./b.js";\n', "utf-8")
    monkeypatch.setattr("amparo.serve.parts.parts_folder", lambda: tmp_path)

    text = part_text("a.js")

    assert text == f'import {{ el }} from "./b.js?v={parts_version()}";\nconst x = "./b.js";\n'


def test_a_style_that_is_imported_carries_the_version_too(tmp_path, monkeypatch) -> None:
    """The style of one part is kept for a year like that of all."""
    (tmp_path / "parts.css").write_text('@import "./a.css";\n.b { color: red; }\n', "utf-8")
    monkeypatch.setattr("amparo.serve.parts.parts_folder", lambda: tmp_path)

    assert part_text("parts.css") == (
        f'@import "./a.css?v={parts_version()}";\n.b {{ color: red; }}\n'
    )


def test_the_folder_is_found_beside_the_installed_package() -> None:
    """A wheel and a checkout keep it in different places."""
    folder = parts_folder()

    assert folder is not None
    assert (folder / "parts.css").is_file()


def test_what_every_step_needs_is_named_before_the_kernel_has_begun(server) -> None:
    """A page would else wait for the kernel first, and then for one script after the other."""
    begun = server.ask("/", Cookie=server.cookie()).text

    addresses = first_addresses()

    assert {part_address(name) for name in ("shell.js", "foot.js", "common.js", "form.js")} <= {
        *addresses
    }
    assert len(addresses) == len(set(addresses))
    assert [
        one for one in addresses if f'<link rel="modulepreload" href="{one}">' not in begun
    ] == []


def test_the_version_changes_with_any_file_and_is_not_read_again_without_a_change(
    tmp_path, monkeypatch
) -> None:
    """It is asked for with each of forty files: half of the waiting once was this reading."""
    (tmp_path / "a.js").write_text("1", "utf-8")
    (tmp_path / "b.css").write_text("2", "utf-8")
    monkeypatch.setattr("amparo.serve.parts.parts_folder", lambda: tmp_path)
    first = parts_version()
    read = []
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or b"other")

    again = parts_version()
    (tmp_path / "a.js").write_text("one", "utf-8")
    changed = parts_version()

    assert again == first
    assert changed != first
    assert sorted(read) == [tmp_path / "a.js", tmp_path / "b.css"]
