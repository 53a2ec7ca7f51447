/*
 * For user-mode Linux on a processor with AMX: before 6.10 it sets the registers of a guest's process from 2696 bytes of their extended
 * state, and a kernel whose state is longer takes all of it or nothing, so that the guest dies with its first program (put_fp_registers).
 * Loaded before it (LD_PRELOAD), this completes the state with what the process has.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

typedef long tracer(int, pid_t, void *, void *);

long ptrace(enum __ptrace_request request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    pid_t pid = va_arg(arguments, pid_t);
    void *address = va_arg(arguments, void *);
    void *data = va_arg(arguments, void *);
    va_end(arguments);

    static tracer *real;
    if (!real) {
        real = (tracer *) dlsym(RTLD_NEXT, "ptrace");
    }
    long result = real(request, pid, address, data);
    if (result == -1 && request == PTRACE_SETREGSET && (long) address == NT_X86_XSTATE) {
        static __thread char state[1 << 16];
        struct iovec *given = data;
        struct iovec whole = {state, sizeof state};
        if (real(PTRACE_GETREGSET, pid, address, &whole) == 0 && given->iov_len < whole.iov_len) {
            memcpy(state, given->iov_base, given->iov_len);
            result = real(PTRACE_SETREGSET, pid, address, &whole);
        }
    }
    return result;
}
