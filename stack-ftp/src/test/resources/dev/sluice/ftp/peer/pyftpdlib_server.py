"""Serves one directory with pyftpdlib until it is killed.

Arguments: host, port, lowest and highest passive port, directory, user, password, seconds of
silence, bytes a second (0 = no limit), commands to do without (comma-separated); then, for TLS,
files of the certificate and its key, "required" or "allowed".
"""

import logging
import sys

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, ThrottledDTPHandler
from pyftpdlib.servers import FTPServer


def main():
    host, port, low, high, directory, user, password, idle, rate, without, *tls = sys.argv[1:]
    logging.basicConfig(level=logging.DEBUG)
    authorizer = DummyAuthorizer()
    authorizer.add_user(user, password, directory, perm="elradfmwMT")

    handler = secured(*tls) if tls else FTPHandler
    handler.authorizer = authorizer
    handler.passive_ports = range(int(low), int(high) + 1)
    handler.timeout = int(idle)
    handler.auth_failed_timeout = 0
    handler.banner = "pyftpdlib ready."
    removed = set(filter(None, without.split(",")))
    handler.proto_cmds = {k: v for k, v in handler.proto_cmds.items() if k not in removed}
    if int(rate):
        throttled = ThrottledDTPHandler
        throttled.read_limit = throttled.write_limit = int(rate)
        handler.dtp_handler = throttled

    server = FTPServer((host, int(port)), handler, backlog=512)
    server.max_cons = 512
    server.max_cons_per_ip = 0
    # With its own idea of the next deadline the loop can sleep through an idle session's.
    server.serve_forever(timeout=0.5)


def secured(certificate, key, level):
    from pyftpdlib.handlers import TLS_FTPHandler

    handler = TLS_FTPHandler
    handler.certfile, handler.keyfile = certificate, key
    handler.tls_control_required = handler.tls_data_required = level == "required"
    return handler


main()
