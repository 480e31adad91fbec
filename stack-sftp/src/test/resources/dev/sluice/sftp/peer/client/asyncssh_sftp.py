"""Serves a directory by SFTP, versions 3 to 6: port, key file, user, password, directory."""
import asyncio
import os
import sys

import asyncssh

port, key, user, password, root = sys.argv[1:6]


class Server(asyncssh.SSHServer):
    def begin_auth(self, username):
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, given):
        return username == user and given == password


class Files(asyncssh.SFTPServer):
    """Reads links as they are: the library takes a relative target for one outside of its root."""

    def readlink(self, path):
        target = os.readlink(self.map_path(path))
        return self.reverse_map_path(target) if target.startswith(b"/") else target


async def main():
    await asyncssh.listen(
        "127.0.0.1", int(port), server_factory=Server, server_host_keys=[key], sftp_version=6,
        sftp_factory=lambda channel: Files(channel, chroot=root.encode()),
    )
    await asyncio.Event().wait()


asyncio.run(main())
