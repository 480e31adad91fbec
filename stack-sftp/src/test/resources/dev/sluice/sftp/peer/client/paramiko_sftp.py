"""Serves a directory by SFTP: port, key file, user, password, directory."""
import os
import socket
import sys
import threading

import paramiko

port, key_file, user, password, root = sys.argv[1:6]
key = paramiko.Ed25519Key(filename=key_file)


class Login(paramiko.ServerInterface):
    def check_channel_request(self, kind, number):
        return paramiko.OPEN_SUCCEEDED

    def get_allowed_auths(self, username):
        return "password"

    def check_auth_password(self, username, given):
        right = username == user and given == password
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED


def answered(work):
    """What a method that may fail answers: its value, or the status of the error."""

    def call(*arguments):
        try:
            value = work(*arguments)
            return paramiko.SFTP_OK if value is None else value
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    return call


def set_attributes(path, attributes):
    """Cuts as it is asked to: what the library does makes the file empty first."""
    if attributes._flags & attributes.FLAG_SIZE:
        os.truncate(path, attributes.st_size)
        attributes._flags &= ~attributes.FLAG_SIZE
    paramiko.SFTPServer.set_file_attr(path, attributes)


class Handle(paramiko.SFTPHandle):
    @answered
    def stat(self):
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))

    @answered
    def chattr(self, attributes):
        set_attributes(self.filename, attributes)


class Files(paramiko.SFTPServerInterface):
    def real(self, path):
        return root + self.canonicalize(path)

    @answered
    def list_folder(self, path):
        entries = []
        for entry in os.scandir(self.real(path)):
            attributes = paramiko.SFTPAttributes.from_stat(entry.stat(follow_symlinks=False))
            attributes.filename = entry.name
            entries.append(attributes)
        return entries

    @answered
    def stat(self, path):
        return paramiko.SFTPAttributes.from_stat(os.stat(self.real(path)))

    @answered
    def lstat(self, path):
        return paramiko.SFTPAttributes.from_stat(os.lstat(self.real(path)))

    @answered
    def open(self, path, flags, attributes):
        mode = 0o666 if attributes.st_mode is None else attributes.st_mode & 0o7777
        number = os.open(self.real(path), flags, mode)
        kind = "ab" if flags & os.O_APPEND else "rb+" if flags & os.O_RDWR else "wb"
        kind = kind if flags & (os.O_WRONLY | os.O_RDWR) else "rb"
        file = os.fdopen(number, kind)
        handle = Handle(flags)
        handle.filename = self.real(path)
        handle.readfile = handle.writefile = file
        return handle

    @answered
    def remove(self, path):
        os.remove(self.real(path))

    @answered
    def rename(self, old, new):
        if os.path.lexists(self.real(new)):
            return paramiko.SFTP_FAILURE
        os.rename(self.real(old), self.real(new))

    @answered
    def mkdir(self, path, attributes):
        os.mkdir(self.real(path))

    @answered
    def rmdir(self, path):
        os.rmdir(self.real(path))

    @answered
    def chattr(self, path, attributes):
        set_attributes(self.real(path), attributes)

    @answered
    def symlink(self, target, path):
        os.symlink(target, self.real(path))

    @answered
    def readlink(self, path):
        return os.readlink(self.real(path))


def serve(connection):
    transport = paramiko.Transport(connection)
    transport.add_server_key(key)
    transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files)
    try:
        transport.start_server(server=Login())
    except (paramiko.SSHException, EOFError):
        transport.close()


listener = socket.create_server(("127.0.0.1", int(port)))
while True:
    connection, _ = listener.accept()
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
