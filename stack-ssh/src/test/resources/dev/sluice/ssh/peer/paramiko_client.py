"""Logs in with a password, runs a command, and sends 8 MiB through cat: host, port, user, password."""
import hashlib
import os
import sys
import threading

import paramiko

host, port, user, password = sys.argv[1:5]
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect(host, int(port), user, password, look_for_keys=False, allow_agent=False, timeout=30)
_, out, _ = client.exec_command("echo hello")
assert out.read() == b"hello\n"
assert out.channel.recv_exit_status() == 0

data = os.urandom(8 << 20)
channel = client.get_transport().open_session()
channel.exec_command("cat")


def send():
    channel.sendall(data)
    channel.shutdown_write()


threading.Thread(target=send).start()
back = hashlib.sha256()
while True:
    part = channel.recv(1 << 16)
    if not part:
        break
    back.update(part)
assert back.hexdigest() == hashlib.sha256(data).hexdigest()
assert channel.recv_exit_status() == 0
client.close()
print("well done")
