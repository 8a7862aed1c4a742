#define _GNU_SOURCE

#include "cterminal_signals.h"
#include "cterminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
static const int requests[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
enum { CRASHES = sizeof crashes / sizeof *crashes, REQUESTS = sizeof requests / sizeof *requests };

static struct sigaction previous_crash[CRASHES], previous_request[REQUESTS];
static bool installed, exit_hooked;
/* Lock-free, for a signal may come to any thread. */
static atomic_int armed, pending, termination;
static int wake[2] = {-1, -1};

static struct termios original;
static char reset_bytes[256];
static volatile sig_atomic_t reset_length;

/* Standard error: where it went before, and the file that has it meanwhile; −1 when it is left alone. */
static int real_error = -1, kept_error = -1;

/* Everything from here to the next comment may run in a handler: only async-signal-safe calls. */

static void write_all(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t sent = write(descriptor, bytes, count);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;
    bytes += sent;
    count -= (size_t)sent;
  }
}

/* Standard error is itself again, and shows what it missed. */
static void release_error(void) {
  if (real_error < 0) return;
  dup2(real_error, STDERR_FILENO);
  close(real_error);
  real_error = -1;
  char buffer[1024];
  ssize_t count;
  lseek(kept_error, 0, SEEK_SET);
  while ((count = read(kept_error, buffer, sizeof buffer)) > 0)
    write_all(STDERR_FILENO, buffer, (size_t)count);
  close(kept_error);
  kept_error = -1;
}

static void restore_now(void) {
  if (!atomic_exchange(&armed, 0)) return;
  write_all(STDOUT_FILENO, reset_bytes, (size_t)reset_length);
  /* Background processes stop when they set the terminal; a handler must not. */
  sigset_t output, before;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output, &before);
  tcsetattr(STDIN_FILENO, TCSANOW, &original);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  release_error();
}

static void on_crash(int number, siginfo_t *info, void *context) {
  (void)context;
  int saved = errno;
  restore_now();
  for (int i = 0; i < CRASHES; i++)
    if (crashes[i] == number) sigaction(number, &previous_crash[i], NULL);
  /* A fault happens again on return; a signal that was sent does not. */
  if (!info || info->si_code <= 0) raise(number);
  errno = saved;
}

static void on_request(int number) {
  int saved = errno;
  switch (number) {
    case SIGWINCH: atomic_fetch_or(&pending, CT_RESIZED); break;
    case SIGTSTP: atomic_fetch_or(&pending, CT_STOPPED); break;
    case SIGCONT: atomic_fetch_or(&pending, CT_CONTINUED); break;
    case SIGINT:
    case SIGQUIT:
      /* Typed while somebody else has the terminal, they are for that one. */
      if (!armed) break;
      /* fall through */
    default:
      /* A terminal that goes away may say so twice; somebody who asks twice means it. */
      if (atomic_exchange(&termination, number) && number != SIGHUP) {
        restore_now();
        signal(number, SIG_DFL);
        raise(number);
      }
      atomic_fetch_or(&pending, CT_TERMINATED);
  }
  char byte = 0;
  ssize_t sent = write(wake[1], &byte, 1);
  (void)sent;
  errno = saved;
}

/* From here on nothing runs in a handler. */

bool ct_signals_install(void) {
  if (installed) return true;
  if (wake[0] < 0) {
    if (pipe(wake) != 0) return false;
    for (int i = 0; i < 2; i++) {
      fcntl(wake[i], F_SETFL, O_NONBLOCK);
      fcntl(wake[i], F_SETFD, FD_CLOEXEC);
    }
  }
  if (tcgetattr(STDIN_FILENO, &original) != 0) return false;
  /* A stack of its own, so that an overflow of the main one restores the terminal too. */
  static char stack[64 * 1024];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack}, current;
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) sigaltstack(&alternate, NULL);
  struct sigaction crash = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  struct sigaction request = {.sa_handler = on_request, .sa_flags = SA_RESTART};
  sigemptyset(&crash.sa_mask);
  sigfillset(&request.sa_mask);
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &crash, &previous_crash[i]);
  for (int i = 0; i < REQUESTS; i++) {
    sigaction(requests[i], NULL, &previous_request[i]);
    /* nohup and the like stay obeyed. */
    bool ignored = !(previous_request[i].sa_flags & SA_SIGINFO) && previous_request[i].sa_handler == SIG_IGN;
    if (!ignored || requests[i] == SIGWINCH) sigaction(requests[i], &request, NULL);
  }
  if (!exit_hooked) exit_hooked = atexit(restore_now) == 0;
  installed = true;
  return true;
}

void ct_signals_remove(void) {
  if (!installed) return;
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &previous_crash[i], NULL);
  for (int i = 0; i < REQUESTS; i++) sigaction(requests[i], &previous_request[i], NULL);
  installed = false;
}

void ct_signals_set_reset(const char *bytes) {
  size_t length = strlen(bytes);
  if (length > sizeof reset_bytes) length = sizeof reset_bytes;
  memcpy(reset_bytes, bytes, length);
  reset_length = (sig_atomic_t)length;
}

/* Keeps standard error while the screen is drawn, if it goes to this terminal. */
static void keep_error(void) {
  struct stat error, output;
  if (real_error >= 0 || !isatty(STDERR_FILENO)) return;
  if (fstat(STDERR_FILENO, &error) != 0 || fstat(STDOUT_FILENO, &output) != 0) return;
  if (error.st_rdev != output.st_rdev) return;
  const char *folder = getenv("TMPDIR");
  char path[4096];
  int length = snprintf(path, sizeof path, "%s/midwatch-XXXXXX", folder && *folder ? folder : "/tmp");
  if (length < 0 || (size_t)length >= sizeof path) return;
  int file = mkostemp(path, O_CLOEXEC | O_APPEND);
  if (file < 0) return;
  unlink(path);
  int before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (before < 0 || dup2(file, STDERR_FILENO) < 0) {
    if (before >= 0) close(before);
    close(file);
    return;
  }
  kept_error = file;
  real_error = before;
}

/* SIGTSTP is told while the screen is ours, and stops us with the whole job while it is another's. */
static void set_stop(void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, current;
  sigfillset(&action.sa_mask);
  if (sigaction(SIGTSTP, NULL, &current) == 0 && current.sa_handler != SIG_IGN) sigaction(SIGTSTP, &action, NULL);
}

void ct_signals_arm(void) {
  keep_error();
  /* The continuation that brought us here is no news. */
  atomic_fetch_and(&pending, ~CT_CONTINUED);
  set_stop(on_request);
  armed = 1;
}

void ct_signals_disarm(void) {
  armed = 0;
  set_stop(SIG_DFL);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &original);
  release_error();
}

void ct_signals_stop(void) { kill(0, SIGTSTP); }

int ct_signal_descriptor(void) { return wake[0]; }

int ct_take_signals(int *number) {
  char drained[64];
  while (read(wake[0], drained, sizeof drained) > 0) continue;
  *number = atomic_load(&termination);
  return atomic_exchange(&pending, 0);
}
