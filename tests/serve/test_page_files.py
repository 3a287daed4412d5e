"""Files and plain answers of the page: kept, compressed, allow-listed, and neutral in every word."""

from __future__ import annotations

import pytest

from amparo.messages import languages, messages
from amparo.serve.pages import message_page

STATIC = "/voila/templates/amparo/static/base.css"
ANSWERS = (400, 401, 403, 404, 405, 413, 423, 429, 500, 503)


@pytest.mark.parametrize("path", [STATIC, "/am/parts/common.js", "/voila/static/voila.js"])
def test_a_file_is_compressed_and_not_sent_twice(server, path: str) -> None:
    """A shared phone pays for each byte."""
    cookie = server.cookie()
    first = server.ask(path, Cookie=cookie, Accept_Encoding="gzip")

    again = server.ask(path, Cookie=cookie, If_None_Match=first.headers["etag"])

    assert (first.status, first.headers["content-encoding"]) == (200, "gzip")
    assert (again.status, again.text) == (304, "")


@pytest.mark.parametrize(
    "name", ["jupyterlab-plotly", "@jupyter-widgets/other", "@voila-dashboards", "none", "."]
)
def test_no_extension_is_served_that_is_not_on_the_list(server, name: str) -> None:
    """Whatever else is installed on this computer must not run in our page."""
    path = f"/voila/labextensions/{name}/package.json"

    assert server.ask(path, Cookie=server.cookie()).status == 404


@pytest.mark.parametrize("status", ANSWERS)
@pytest.mark.parametrize("lang", languages())
def test_every_plain_answer_is_a_sentence_under_a_neutral_title(lang: str, status: int) -> None:
    """An error page is looked at over a shoulder as often as any other."""
    page = message_page(lang, status)

    assert f"<title>{messages(lang).text('serve.page.title')}</title>" in page
    assert f'lang="{lang}"' in page
    assert not [word for word in ("amparo", "voil", "jupyter", str(status)) if word in page.lower()]
    assert "⟦" not in page


def test_the_first_paint_waits_for_no_kernel(server) -> None:
    """The page says that it opens before anything of it runs."""
    text = server.ask("/", Cookie=server.cookie()).text

    opening, kernel = text.index('id="am-opening"'), text.index("kernelId")

    assert opening < kernel
    assert "<style>" in text[:opening]
