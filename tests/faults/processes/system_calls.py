# SPDX-License-Identifier: GPL-3.0-or-later
"""Which system calls a program makes, and which errors a kernel may give to each: for strace's fault injection."""
import collections
import re

# What a disk or a network does to a call. For calls that meet neither, the errors that their manual pages know.
USUAL = ("EIO", "ENOSPC", "EINTR")
ERRORS = {
    "mmap": ("ENOMEM",), "mremap": ("ENOMEM",), "mlock": ("ENOMEM",), "clone3": ("EAGAIN",),
    "epoll_wait": ("EINTR",), "epoll_pwait": ("EINTR",), "poll": ("EINTR",), "ppoll": ("EINTR",), "select": ("EINTR",),
    "rt_sigtimedwait": ("EINTR",), "clock_nanosleep": ("EINTR",), "getrandom": ("EINTR",),
}
MEMORY = {"mmap", "mremap", "mlock", "clone3"}  # without memory a program may end at once: that is a kill, and no more
# These can't fail for a program that asks rightly, and the C library relies on it; brk fails in a way that strace can't imitate (it
# returns the old break, and no error).
CANNOT_FAIL = {"brk", "futex", "exit", "exit_group", "execve", "arch_prctl", "set_tid_address", "set_robust_list", "rseq", "prlimit64", "sched_yield",
               "sched_getaffinity", "sigaltstack", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "getpid", "gettid", "getppid",
               "geteuid", "getuid", "getgid", "getegid", "uname", "sysinfo", "umask", "mprotect", "munmap", "madvise", "restart_syscall",
               "clock_gettime", "gettimeofday", "time", "capget", "prctl"}


def errors_of(name):
    return ERRORS.get(name, USUAL)


def count_calls(trace):
    """The most that one thread made of each, by name, of an `strace -f -o` file: strace counts each thread's own."""
    counted = collections.Counter()
    for thread, name in re.findall(r"^(\d+) +(\w+)\(", trace, re.MULTILINE):
        counted[name, thread] += 1
    most = {}
    for (name, _), count in counted.items():
        if name not in CANNOT_FAIL:
            most[name] = max(count, most.get(name, 0))
    return most
