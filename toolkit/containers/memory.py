"""A bound on the memory of this process, as far as the system can hold one."""

from __future__ import annotations

import sys
from pathlib import Path

from toolkit.containers.limits import MEBIBYTE


def limit_memory(megabytes: int) -> None:
    """Let this process grow by at most ``megabytes`` beyond what it has now.

    Linux: address space (RLIMIT_AS).  Windows: a Job Object of its own.  Elsewhere nothing is done;
    the time limit still holds.
    """
    if sys.platform == "linux":
        _limit_address_space(megabytes)
    elif sys.platform == "win32":
        _limit_by_job(megabytes)


def _limit_address_space(megabytes: int) -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + megabytes * MEBIBYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _limit_by_job(megabytes: int) -> None:
    """Put this process into a Job Object with a memory limit ([JOBOBJECT_EXTENDED_LIMIT_INFORMATION])."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    process_memory, kill_on_close, extended_information = 0x100, 0x2000, 9
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)
    information = Extended()
    information.BasicLimitInformation.LimitFlags = process_memory | kill_on_close
    information.ProcessMemoryLimit = megabytes * MEBIBYTE
    kernel.SetInformationJobObject(
        wintypes.HANDLE(job), extended_information, ctypes.byref(information), ctypes.sizeof(information)
    )
    kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(kernel.GetCurrentProcess()))
