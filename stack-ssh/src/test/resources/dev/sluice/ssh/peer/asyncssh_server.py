"""Serves cat and echo to one user with a password: port, key file, user, password."""
import asyncio
import sys

import asyncssh

port, key, user, password = sys.argv[1:5]


class Server(asyncssh.SSHServer):
    def begin_auth(self, username):
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, given):
        return username == user and given == password


async def serve(process):
    words = process.command.split(" ", 1)
    if words[0] == "echo":
        process.stdout.write(words[1].encode() + b"\n")
    else:
        while True:
            data = await process.stdin.read(1 << 16)
            if not data:
                break
            process.stdout.write(data)
            await process.stdout.drain()
    process.exit(0)


async def main():
    await asyncssh.listen(
        "127.0.0.1", int(port), server_factory=Server, server_host_keys=[key],
        process_factory=serve, encoding=None,
    )
    await asyncio.Event().wait()


asyncio.run(main())
