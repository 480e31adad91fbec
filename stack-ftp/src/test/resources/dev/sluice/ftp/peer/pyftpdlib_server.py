"""Serves one directory with pyftpdlib until it is killed.

Arguments: host, port, lowest and highest passive port, directory, user, password, seconds of
silence, bytes a second (0 = no limit), commands to do without (comma-separated).
"""

import logging
import sys

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, ThrottledDTPHandler
from pyftpdlib.servers import FTPServer


def main():
    host, port, low, high, directory, user, password, idle, rate, without = sys.argv[1:]
    logging.basicConfig(level=logging.DEBUG)
    authorizer = DummyAuthorizer()
    authorizer.add_user(user, password, directory, perm="elradfmwMT")

    handler = FTPHandler
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


main()
