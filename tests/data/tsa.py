"""A real time stamp authority on 127.0.0.1: OpenSSL answers under a certificate of a root that is made on the spot.

``mood`` says how it behaves to the next questions, so that each way of failing is one of the wire's own.
"""

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

NAME = "Cap Masa Contoh"
CONFIGURATION = """
[req]
distinguished_name = nobody
prompt = no
[nobody]
CN = nobody
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[middle]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
certs = {folder}/chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
"""


class Authority:
    """A root, one certificate between, one that may stamp, and answers with the whole chain."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("openssl") is None:
            pytest.skip("needs the openssl program, which makes genuine time stamps (Debian: apt-get install openssl)")
        self.folder, self._one_at_a_time = folder, threading.Lock()
        folder.mkdir(parents=True)
        (folder / "cnf").write_text(CONFIGURATION.format(folder=folder))
        (folder / "serial").write_text("01\n")
        new = "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -config cnf"
        self._openssl(f"{new} -x509 -days 30 -extensions root -subj /CN=Akar -keyout root.key -out root.pem")
        for name, subject, above in (("middle", "/CN=Dahan", "root"), ("signer", f"/O=Contoh/CN={NAME}", "middle")):
            self._openssl(f"{new} -keyout {name}.key -out {name}.csr", "-subj", subject)
            signed = f"x509 -req -in {name}.csr -CA {above}.pem -CAkey {above}.key -CAcreateserial -days 30"
            self._openssl(f"{signed} -out {name}.pem -extfile cnf -extensions {name}")
        (folder / "chain.pem").write_bytes((folder / "middle.pem").read_bytes() + self.root.read_bytes())

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> bytes:
        """What ``openssl ts -reply`` says to a query: a genuine TimeStampResp."""
        with self._one_at_a_time:
            (self.folder / "query").write_bytes(query)
            self._openssl("ts -reply -config cnf -section tsa -queryfile query -out answer")
            return (self.folder / "answer").read_bytes()

    def stamp(self, content: bytes) -> bytes:
        """A genuine response over these bytes, asked for without a nonce."""
        (self.folder / "content").write_bytes(content)
        self._openssl("ts -query -data content -sha256 -no_nonce -cert -out other")
        return self.answer((self.folder / "other").read_bytes())

    def vouches(self, content: Path, response: Path) -> None:
        """Let ``openssl ts -verify`` say whether the stamp in one file is over the other file; fails if it does not."""
        self._openssl("ts -verify -CAfile root.pem", "-data", str(content), "-in", str(response))

    def _openssl(self, arguments: str, *more: str) -> None:
        command = ["openssl", *arguments.split(), *more]
        told = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False, timeout=60)
        assert told.returncode == 0, told.stderr[-500:]


class Desk:
    """The authority's address, how it behaves, and how often it was asked."""

    def __init__(self, authority: Authority, url: str) -> None:
        self.authority, self.url, self.mood, self.questions = authority, url, "genuine", 0
        self.released = threading.Event()  # ends every slow answer

    def reply(self, query: bytes) -> tuple[int, bytes]:
        """Status and body by the mood of the hour."""
        match self.mood:
            case "broken":
                return 500, b"out of order"
            case "moved":
                return 302, b""
            case "rubbish":
                return 200, b"<!doctype html><title>200</title>"
            case "empty":
                return 200, b""
            case "giant":
                return 200, b"\x30" * 10_000_000
            case "refusing":
                return 200, bytes.fromhex("30053003020102")
            case "other bytes":
                return 200, self.authority.stamp(b"something else")
            case "cut":
                return 200, self.authority.answer(query)[:-1]
            case "wrong nonce":  # the query ends with the nonce and three bytes that ask for the certificate
                return 200, self.authority.answer(query[:-4] + bytes([query[-4] ^ 1]) + query[-3:])
        return 200, self.authority.answer(query)


@contextlib.contextmanager
def open_desk(authority: Authority) -> Iterator[Desk]:
    """Serve it until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            desk.questions += 1
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            if desk.mood == "slow":
                desk.released.wait(60)
                return
            status, body = desk.reply(query)
            with contextlib.suppress(OSError):  # whoever asked may have heard enough
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", desk.url + "/elsewhere")
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        desk = Desk(authority, f"http://127.0.0.1:{server.server_address[1]}")
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield desk
        finally:
            desk.released.set()
            server.shutdown()
            serving.join()
