"""A client certificate is shown to a real TLS server that asks for one, and nowhere else."""

import ssl
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import certifi
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import (
    BasicConstraints,
    CertificateBuilder,
    IPAddress,
    Name,
    NameAttribute,
    SubjectAlternativeName,
    random_serial_number,
)
from cryptography.x509.oid import NameOID

from common.errors import VendorUnavailable
from common.http import HttpClient
from common.http.certificate import ClientCertificate


class Authority:
    """Certificates for this machine, all signed by one key."""

    def __init__(self):
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.root = self._issue("root", self._key.public_key(), BasicConstraints(ca=True, path_length=None))

    def certify(self, name):
        """(certificate, key) as PEM texts."""
        key = ec.generate_private_key(ec.SECP256R1())
        address = SubjectAlternativeName([IPAddress(ip_address("127.0.0.1"))])
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        return self._issue(name, key.public_key(), address), private

    def _issue(self, name, key, extension):
        now = datetime.now(timezone.utc)
        subject, issuer = (Name([NameAttribute(NameOID.COMMON_NAME, text)]) for text in (name, "root"))
        builder = CertificateBuilder(issuer, subject, key, random_serial_number(), now, now + timedelta(days=1))
        signed = builder.add_extension(extension, critical=True).sign(self._key, SHA256())
        return signed.public_bytes(Encoding.PEM).decode()


class Names(BaseHTTPRequestHandler):
    """Answers with the name in the caller's certificate."""

    def do_GET(self):
        body = dict(part[0] for part in self.connection.getpeercert()["subject"])["commonName"].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Stay silent."""


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_):
        """A caller without certificate breaks the handshake."""


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def trusted(authority, tmp_path_factory):
    """The only root that our side trusts."""
    file = tmp_path_factory.mktemp("tls") / "root.pem"
    file.write_text(authority.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certifi, "where", lambda: str(file))
        yield file


@pytest.fixture(scope="module")
def url(authority, trusted):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ClientCertificate(*authority.certify("server")).load_into(context)
    context.load_verify_locations(trusted)
    context.verify_mode = ssl.CERT_REQUIRED
    server = QuietServer(("127.0.0.1", 0), Names)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client():
    client = HttpClient(lambda: 10, lambda _call: None)
    yield client
    client.close()


def test_certificate_is_shown_when_the_vendor_has_one_and_each_connection_has_its_own(authority, url, client):
    first, second = (
        client.for_vendor("bank", base_url=url, certificate=ClientCertificate(*authority.certify(name)))
        for name in ("mch-1", "mch-2")
    )

    answers = [vendor.request("GET", "/", operation="ask").text for vendor in (first, second, first)]

    assert answers == ["mch-1", "mch-2", "mch-1"]


def test_no_certificate_is_shown_when_the_vendor_has_none_although_another_has(authority, url, client):
    shown = client.for_vendor("bank", base_url=url, certificate=ClientCertificate(*authority.certify("mch")))
    plain = client.for_vendor("bank", base_url=url)
    shown.request("GET", "/", operation="ask")

    with pytest.raises(VendorUnavailable):
        plain.request("GET", "/", operation="ask")


def test_certificate_is_refused_when_somebody_else_signed_it(url, client):
    stranger = ClientCertificate(*Authority().certify("mch"))

    with pytest.raises(VendorUnavailable):
        client.for_vendor("bank", base_url=url, certificate=stranger).request("GET", "/", operation="ask")


def test_key_leaves_no_trace_when_the_certificate_was_loaded(authority, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    certificate = ClientCertificate(*authority.certify("mch"))

    certificate.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    assert list(tmp_path.iterdir()) == []
    assert certificate.key not in repr(certificate)
