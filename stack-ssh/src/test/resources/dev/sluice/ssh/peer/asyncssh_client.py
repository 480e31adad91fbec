"""Logs in with a password, runs a command, and sends 8 MiB through cat: host, port, user, password."""
import asyncio
import os
import sys

import asyncssh


async def main():
    host, port, user, password = sys.argv[1:5]
    async with asyncssh.connect(
        host, int(port), username=user, password=password, known_hosts=None, client_keys=None
    ) as connection:
        result = await connection.run("echo hello", check=True)
        assert result.stdout == "hello\n"
        data = os.urandom(8 << 20)
        result = await connection.run("cat", input=data, encoding=None, check=True)
        assert result.stdout == data
    print("well done")


asyncio.run(main())
