"""A filter of system calls (seccomp, Linux on x86-64 and on 64-bit ARM), without a library.

It refuses what would reach beyond the process: sockets, which the network namespace does not
close entirely (a local name service listens on a file), and other programs.
"""

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass

PR_SET_NO_NEW_PRIVS = 38
PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | errno.EPERM
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
CALL_NUMBER, ARCHITECTURE = 0, 4
"""Where the filter finds them (struct seccomp_data)."""
X32 = 0x40000000
"""Calls from here on are those of another interface to an x86-64 kernel."""
INSTRUCTION = struct.Struct("=HBBI")


@dataclass(frozen=True)
class Machine:
    """A kind of machine: its audit name and the numbers of the calls that are refused."""

    audit: int
    calls: tuple[int, ...]


# socket, connect, socketpair, execve, execveat, ptrace, process_vm_writev, io_uring_setup
MACHINES = {
    "x86_64": Machine(0xC000003E, (41, 42, 53, 59, 322, 101, 311, 425)),
    "aarch64": Machine(0xC00000B7, (198, 203, 199, 221, 281, 117, 271, 425)),
}


class Filter:
    """The filter for this machine, made once and put on by each worker."""

    def __init__(self) -> None:
        machine = MACHINES.get(platform.machine()) if sys.platform == "linux" else None
        self._libc = ctypes.CDLL(None) if machine else None
        code = program(machine) if machine else b""
        self._code = ctypes.create_string_buffer(code, len(code))
        count = len(code) // INSTRUCTION.size
        # struct sock_fprog: a number of instructions, and where they are.
        self._program = struct.pack("@HP", count, ctypes.addressof(self._code))

    def put_on(self) -> bool:
        """Refuse the calls in this thread and those it starts, for good.

        Returns:
            False where this machine or its kernel knows no such filter.
        """
        if self._libc is None:
            return False
        zero = ctypes.c_ulong(0)
        if self._libc.prctl(PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), zero, zero, zero):
            return False
        mode = ctypes.c_ulong(SECCOMP_MODE_FILTER)
        return bool(self._libc.prctl(PR_SET_SECCOMP, mode, self._program, zero, zero) == 0)


def program(machine: Machine) -> bytes:
    """The filter as instructions of BPF: the calls that a machine refuses, all others pass."""
    # A jump counts the instructions to pass over; the last but one lets through, the last refuses.
    tests = [(AT_LEAST, X32)] if machine is MACHINES["x86_64"] else []
    tests += [(EQUAL, number) for number in machine.calls]
    code = [
        INSTRUCTION.pack(LOAD, 0, 0, ARCHITECTURE),
        INSTRUCTION.pack(EQUAL, 0, len(tests) + 2, machine.audit),
        INSTRUCTION.pack(LOAD, 0, 0, CALL_NUMBER),
    ]
    for index, (test, value) in enumerate(tests):
        code.append(INSTRUCTION.pack(test, len(tests) - index, 0, value))
    code += [INSTRUCTION.pack(RETURN, 0, 0, verdict) for verdict in (ALLOW, REFUSE)]
    return b"".join(code)
