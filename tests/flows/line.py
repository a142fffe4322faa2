"""A line between two sockets, as a process: stop it, and the line is cut without a word; kill it, and it is refused.

``python line.py FROM TO``: each a path of a local socket, or a port of 127.0.0.1. With ``--bring-up`` it first
brings up the loopback of its network namespace, which is down when that is new.
"""

import asyncio
import fcntl
import socket
import struct
import sys
from pathlib import Path

SIOCSIFFLAGS, IFF_UP = 0x8914, 1


def bring_up_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        fcntl.ioctl(probe, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def serve(listening: str, beyond: str) -> None:
    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if beyond.isdigit():
                further, back = await asyncio.open_connection("127.0.0.1", int(beyond))
            else:
                further, back = await asyncio.open_unix_connection(beyond)
        except OSError:
            writer.close()
            return
        await asyncio.gather(copy(reader, back), copy(further, writer))

    if listening.isdigit():
        server = await asyncio.start_server(joined, "127.0.0.1", int(listening))
    else:
        server = await asyncio.start_unix_server(joined, listening)
        Path(listening).chmod(0o600)
    print("listening", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1] == "--bring-up":
        bring_up_loopback()
    asyncio.run(serve(sys.argv[-2], sys.argv[-1]))
