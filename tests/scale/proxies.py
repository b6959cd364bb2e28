"""nginx and Caddy before a server, with a certificate of their own; set up as docs/running/proxies.md says."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PAGE = Path(__file__).resolve().parents[2] / "docs/running/proxies.md"
READY_WITHIN = 60.0  # seconds


def from_the_page(language: str) -> str:
    """The configuration that the documentation shows."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found, f"docs/running/proxies.md shows no {language}"
    return found[1]


@contextmanager
def nginx(folder: Path, port: int, servers: list[int], prefix: str = "") -> Iterator[None]:
    """Skips, saying why, where nginx is not installed."""
    program = _program("nginx", "/usr/sbin/nginx")
    shown = from_the_page("nginx")
    certificate, key = _certificate(folder)
    certified = f"ssl_certificate {certificate}; ssl_certificate_key {key};"
    ours = (
        shown.replace("server 127.0.0.1:8000;", "".join(f"server 127.0.0.1:{each};\n" for each in servers))
        .replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl; {certified}")
        .replace("server_name mentoring.example.org;", "server_name localhost;")
        .replace("location / {", f"location {prefix}/ {{")
    )
    assert ours.count(str(port)) == 1
    configuration = folder / "nginx.conf"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration.write_text(
        f"pid {folder}/pid; daemon off; master_process off; error_log {folder}/log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{ours}\n}}\n"
    )
    command = [program, "-c", str(configuration), "-p", str(folder), "-e", f"{folder}/log"]
    with _running(command, folder, port, signal.SIGTERM):
        yield


@contextmanager
def caddy(folder: Path, port: int, servers: list[int], prefix: str = "") -> Iterator[None]:
    """Skips, saying why, where Caddy is not installed."""
    program = _program("caddy", "/usr/bin/caddy")
    certificate, key = _certificate(folder)
    inside = from_the_page("caddyfile").partition("{")[2].rpartition("}")[0]
    inside = inside.replace("127.0.0.1:8000", " ".join(f"127.0.0.1:{each}" for each in servers))
    handled = f"handle {prefix}/* {{\n{inside}\n}}" if prefix else inside
    configuration = folder / "Caddyfile"
    configuration.write_text(
        f"{{\nadmin off\nauto_https off\n}}\nhttps://localhost:{port} {{\nbind 127.0.0.1\n"
        f"tls {certificate} {key}\n{handled}\n}}\n"
    )
    command = [program, "run", "--adapter", "caddyfile", "--config", str(configuration)]
    with _running(command, folder, port, signal.SIGTERM):
        yield


def trusting(folder: Path) -> ssl.SSLContext:
    """For clients that should believe the certificate made here."""
    return ssl.create_default_context(cafile=str(folder / "certificate.pem"))


def _program(name: str, usual: str) -> str:
    program = shutil.which(name) or (usual if os.access(usual, os.X_OK) else None)
    if program is None:
        pytest.skip(f"{name} is not installed on this machine")
    return program


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *secret))
    return paths


@contextmanager
def _running(command: list[str], folder: Path, port: int, stop: signal.Signals) -> Iterator[None]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "said").open("wb") as said:
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        end = time.monotonic() + READY_WITHIN
        while not _listens(port):
            if child.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"The proxy did not start:\n{(folder / 'said').read_text(errors='replace')}")
            time.sleep(0.05)
        yield
    finally:
        child.send_signal(stop)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
