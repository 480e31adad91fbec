"""Files through paramiko: HOST PORT USER PASSWORD."""
import io
import os
import sys

import paramiko

host, port, user, password = sys.argv[1:5]
transport = paramiko.Transport((host, int(port)))
transport.connect(username=user, password=password)
sftp = paramiko.SFTPClient.from_transport(transport)

data = os.urandom(3_000_000)
sftp.mkdir("d")
sftp.putfo(io.BytesIO(data), "d/f")
back = io.BytesIO()
sftp.getfo("d/f", back)
assert back.getvalue() == data

with sftp.open("d/f", "r+") as f:
    f.seek(10)
    f.write(b"hello")
    f.flush()
    f.seek(10)
    assert f.read(5) == b"hello"
    f.truncate(100)
    assert f.stat().st_size == 100
with sftp.open("d/f", "a") as f:
    f.write(b"end")
assert sftp.stat("d/f").st_size == 103
try:
    sftp.open("d/f", "x").close()
    raise AssertionError("made again")
except IOError:
    pass

sftp.symlink("f", "d/l")
assert sftp.readlink("d/l") == "f"
assert sorted(a.filename for a in sftp.listdir_attr("d")) == ["f", "l"]
sftp.chmod("d/f", 0o600)
sftp.utime("d/f", (1, 2))
stat = sftp.stat("d/f")
assert (stat.st_mode & 0o777, stat.st_atime, stat.st_mtime) == (0o600, 1, 2)
sftp.truncate("d/f", 5)
sftp.rename("d/f", "d/g")
sftp.posix_rename("d/g", "d/l")
assert sftp.lstat("d/l").st_size == 5
assert sftp.normalize(".") == "/"
sftp.remove("d/l")
sftp.rmdir("d")
try:
    sftp.stat("d")
    raise AssertionError("still there")
except FileNotFoundError:
    pass
transport.close()
print("well done")
