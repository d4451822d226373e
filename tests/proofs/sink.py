"""A mail server that keeps what it is given."""

import socketserver
import threading


class Sink:
    def __init__(self):
        self.mails = mails = []

        class Smtp(socketserver.StreamRequestHandler):
            def handle(self):
                self.say("220 sink")
                for line in self.rfile:
                    word = line[:4].upper()
                    if word == b"DATA":
                        self.say("354 go on")
                        mails.append("".join(self.until_dot()))
                        self.say("250 kept")
                    elif word == b"QUIT":
                        return self.say("221 bye")
                    else:
                        self.say("250 ok")
                return None

            def until_dot(self):
                for line in self.rfile:
                    if line == b".\r\n":
                        return
                    yield line.decode()

            def say(self, words):
                self.wfile.write(f"{words}\r\n".encode())

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp)
        self.port = self.server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
