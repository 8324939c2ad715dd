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
# Without memory a program may end at once: that is a kill, and no more.
MEMORY = {"mmap", "mremap", "mlock", "clone3"}
# These can't fail for a program that asks rightly, and the C library relies on it; brk fails in a way that strace can't imitate
# (it returns the old break, and no error).
CANNOT_FAIL = set("""arch_prctl brk capget clock_gettime execve exit exit_group futex getegid geteuid getgid getpid getppid gettid
    gettimeofday getuid madvise mprotect munmap prctl prlimit64 restart_syscall rseq rt_sigaction rt_sigprocmask rt_sigreturn
    sched_getaffinity sched_yield set_robust_list set_tid_address sigaltstack sysinfo time umask uname""".split())


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
