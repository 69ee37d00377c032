"""A server of pages on this machine, for browsers."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def page_server(pages: Mapping[str, tuple[bytes, str | None]]) -> Iterator[str]:
    """Serve pages under their names; yield the address that a name follows behind a slash.

    Args:
        pages: the bytes of each, and the charset that the header tells, if any.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - its name in http.server
            raw, charset = pages.get(self.path.lstrip("/"), (b"", None))
            self.send_response(200 if raw else 404)
            kind = "text/css" if self.path.endswith(".css") else "text/html"
            self.send_header("Content-Type", kind + (f"; charset={charset}" if charset else ""))
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
