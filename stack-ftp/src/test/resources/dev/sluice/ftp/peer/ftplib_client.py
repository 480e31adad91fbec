"""One action of Python's ftplib.

Arguments: file of the authority for TLS (empty = none), host, port, user, password, "active" or "passive", action, its arguments.
"""

import ftplib
import ssl
import sys


def main():
    authority, host, port, user, password, mode, action, *rest = sys.argv[1:]
    ftp = secured(authority) if authority else ftplib.FTP(timeout=30, encoding="utf-8")
    ftp.connect(host, int(port))
    ftp.login(user, password)
    if authority:
        ftp.prot_p()
    ftp.set_pasv(mode == "passive")
    ACTIONS[action](ftp, *rest)
    ftp.quit()


def secured(authority):
    context = ssl.create_default_context(cafile=authority)
    return ftplib.FTP_TLS(context=context, timeout=30, encoding="utf-8")


def show(ftp, directory):
    ftp.dir(directory)


def facts(ftp, directory):
    for name, fact in ftp.mlsd(directory, ["type", "size"]):
        print(f"{name};{fact.get('type')};{fact.get('size', '')}")


def get(ftp, remote, local):
    with open(local, "wb") as out:
        ftp.retrbinary("RETR " + remote, out.write, 65536)


def put(ftp, local, remote):
    with open(local, "rb") as content:
        ftp.storbinary("STOR " + remote, content, 65536)


def abort(ftp, remote):
    ftp.voidcmd("TYPE I")
    data = ftp.transfercmd("RETR " + remote)
    data.recv(65536)
    print(ftp.abort())
    data.close()
    print(ftp.pwd())


ACTIONS = {"list": show, "mlsd": facts, "get": get, "put": put, "abort": abort}
main()
