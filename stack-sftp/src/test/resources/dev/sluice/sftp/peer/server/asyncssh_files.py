"""Files through asyncssh in one version of SFTP: HOST PORT USER PASSWORD VERSION."""
import asyncio
import os
import sys

import asyncssh

host, port, user, password, version = sys.argv[1:6]
version = int(version)


async def refused(action, *kinds):
    try:
        await action
    except asyncssh.SFTPError as e:
        if isinstance(e, kinds):
            return
        raise
    raise AssertionError("was not refused")


async def files(sftp):
    assert sftp.version == version, sftp.version
    exists = asyncssh.SFTPFailure if version == 3 else asyncssh.SFTPFileAlreadyExists
    data = os.urandom(1_000_000)
    await sftp.mkdir("/d")
    async with sftp.open("/d/f", "wb") as f:
        await f.write(data)
    async with sftp.open("/d/f", "rb") as f:
        assert await f.read() == data
    async with sftp.open("/d/f", "ab") as f:
        await f.write(b"end")
    assert (await sftp.stat("/d/f")).size == 1_000_003

    await sftp.chmod("/d/f", 0o600)
    await sftp.utime("/d/f", (1e9, 1.1e9))
    stat = await sftp.stat("/d/f")
    assert (stat.permissions & 0o777, stat.atime, stat.mtime) == (0o600, 1e9, 1.1e9)
    if version == 3:
        assert stat.uid == os.getuid(), stat
    else:
        assert stat.owner, stat

    await sftp.symlink("f", "/d/l")
    assert await sftp.readlink("/d/l") == "f"
    await sftp.link("/d/f", "/d/h")
    assert sorted(await sftp.listdir("/d")) == [".", "..", "f", "h", "l"]
    await refused(sftp.rename("/d/f", "/d/l"), exists)
    await refused(sftp.open("/d/f", "xb"), exists)
    await refused(sftp.stat("/d/none"), asyncssh.SFTPNoSuchFile)
    full = asyncssh.SFTPDirNotEmpty if version == 6 else asyncssh.SFTPFailure
    await refused(sftp.rmdir("/d"), full)
    await sftp.posix_rename("/d/f", "/d/h")
    assert (await sftp.statvfs("/")).blocks > 0
    assert await sftp.realpath("/d/../d/.") == "/d"
    await sftp.rmtree("/d")
    assert await sftp.listdir("/") == [".", ".."]


async def main():
    async with asyncssh.connect(
        host, int(port), username=user, password=password, known_hosts=None
    ) as connection:
        async with connection.start_sftp_client(sftp_version=version) as sftp:
            await files(sftp)
    print("well done")


asyncio.run(main())
