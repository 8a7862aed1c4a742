#define _GNU_SOURCE
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1

#include "cterminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <ncurses.h>

#include "cterminal_signals.h"

static SCREEN *screen;
static bool utf8;
static bool xterm_like;

/* ncurses flushes many times an update. It draws to a descriptor of its own, which is the terminal but for
 * the time of an update, when it is a file in memory whose content then leaves in one write. */
static FILE *output;
static int sink = -1, terminal = -1;
static char *batch;
static size_t batch_size;

/* The character set. An explicit other one is honoured; none at all, as in a container or a bare ssh, and a
 * UTF-8 locale that is not installed here, are UTF-8. Only LC_CTYPE: numbers keep their point. */
static void choose_characters(void) {
  const char *name = getenv("LC_ALL");
  if (!name || !*name) name = getenv("LC_CTYPE");
  if (!name || !*name) name = getenv("LANG");
  if (!name) name = "";
  const char *set = strchr(name, '.');
  bool says_utf8 = strcasestr(name, "utf-8") || strcasestr(name, "utf8");
  bool says_other = set && !says_utf8;
  if (setlocale(LC_CTYPE, "")) {
    bool plain = !*name || !strcmp(name, "C") || !strcmp(name, "POSIX");
    utf8 = !strcasecmp(nl_langinfo(CODESET), "UTF-8");
    if (utf8 || !plain) return;
  }
  utf8 = !says_other
         && (setlocale(LC_CTYPE, "C.UTF-8") || setlocale(LC_CTYPE, "en_US.UTF-8") || setlocale(LC_CTYPE, "UTF-8"));
}

void ct_write(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t sent = write(STDOUT_FILENO, bytes, count);
    if (sent < 0 && errno == EAGAIN) {
      struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};
      if (poll(&ready, 1, 1000) <= 0) return;
    } else if (sent < 0 && errno != EINTR) {
      return;
    } else if (sent > 0) {
      bytes += sent;
      count -= (size_t)sent;
    }
  }
}

static void close_output(void) {
  if (output) fclose(output);
  if (sink >= 0) close(sink);
  if (terminal >= 0) close(terminal);
  output = NULL;
  sink = terminal = -1;
}

static bool open_output(void) {
  terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  output = own >= 0 ? fdopen(own, "w") : NULL;
  if (!output && own >= 0) close(own);
#ifdef __linux__
  sink = memfd_create("midwatch", MFD_CLOEXEC);
#else
  FILE *file = tmpfile();
  if (file) {
    sink = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
    fclose(file);
  }
#endif
  if (output && terminal >= 0 && sink >= 0) return true;
  close_output();
  return false;
}

static void point_output(int at) {
#ifdef __linux__
  dup3(at, fileno(output), O_CLOEXEC);
#else
  dup2(at, fileno(output));
  fcntl(fileno(output), F_SETFD, FD_CLOEXEC);
#endif
}

/* What ncurses wrote into the sink, around it what begins and ends synchronised output, in one write. */
static void send_batch(bool synchronised) {
  static const char begin[] = "\033[?2026h", end[] = "\033[?2026l";
  off_t size = lseek(sink, 0, SEEK_CUR);
  if (size <= 0) return;
  size_t needed = (size_t)size + sizeof begin + sizeof end;
  if (needed > batch_size) {
    char *larger = realloc(batch, needed);
    if (!larger) return;
    batch = larger;
    batch_size = needed;
  }
  size_t used = 0;
  if (synchronised) {
    memcpy(batch, begin, sizeof begin - 1);
    used = sizeof begin - 1;
  }
  ssize_t count = pread(sink, batch + used, (size_t)size, 0);
  if (count > 0) used += (size_t)count;
  if (synchronised) {
    memcpy(batch + used, end, sizeof end - 1);
    used += sizeof end - 1;
  }
  lseek(sink, 0, SEEK_SET);
  if (ftruncate(sink, 0) == 0) ct_write(batch, used);
}

static void say(const char *text) { ct_write(text, strlen(text)); }

/* Adds a capability to the string that undoes everything, without its padding marks. */
static void append_capability(char *target, size_t capacity, const char *name) {
  const char *text = tigetstr((char *)name);
  if (!text || text == (char *)-1) return;
  size_t used = strlen(target);
  for (; *text && used + 1 < capacity; text++) {
    if (text[0] == '$' && text[1] == '<') {
      const char *end = strchr(text, '>');
      if (end) {
        text = end;
        continue;
      }
    }
    target[used++] = *text;
  }
  target[used] = 0;
}

static void prepare_reset(void) {
  char reset[256] = "";
  if (xterm_like) strcat(reset, "\033[?2026l\033[?2004l");
  append_capability(reset, sizeof reset, "sgr0");
  append_capability(reset, sizeof reset, "rmcup");
  append_capability(reset, sizeof reset, "cnorm");
  size_t used = strlen(reset);
  if (used + 3 < sizeof reset) strcpy(reset + used, "\r\n");
  ct_signals_set_reset(reset);
}

static void enter_modes(void) {
  raw();
  noecho();
  nonl();
  intrflush(NULL, FALSE);
  typeahead(-1);
  /* Paste as text; and does the terminal know synchronised output? The answer comes among the keys. */
  if (xterm_like) say("\033[?2004h\033[?2026$p");
}

int ct_open(const char *term) {
  if (screen) return CT_OPENED;
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CT_NO_TERMINAL;
  choose_characters();
  set_escdelay(25);
  if (!ct_signals_install()) return CT_SYSTEM_ERROR;
  screen = open_output() ? newterm((char *)term, output, stdin) : NULL;
  if (!screen) {
    bool is_open = output != NULL;
    close_output();
    ct_signals_remove();
    return is_open ? CT_UNKNOWN_TERMINAL : CT_SYSTEM_ERROR;
  }
  const char *place = tigetstr("cup");
  if (!place || place == (char *)-1) {
    endwin();
    delscreen(screen);
    screen = NULL;
    close_output();
    ct_signals_remove();
    return CT_INCAPABLE;
  }
  xterm_like = false;
  const char *families[] = {"xterm", "tmux", "screen", "rxvt", "foot", "alacritty", "kitty", "wezterm",
                            "ghostty", "st-", "vte", "konsole", "gnome", "mintty", "iterm", "contour"};
  for (size_t i = 0; i < sizeof families / sizeof *families; i++)
    if (!strncmp(term, families[i], strlen(families[i]))) xterm_like = true;
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  prepare_reset();
  ct_signals_arm();
  enter_modes();
  scrollok(stdscr, FALSE);
  leaveok(stdscr, FALSE);
  /* The first update sets modes, which needs the terminal itself. */
  doupdate();
  return CT_OPENED;
}

static void leave_modes(void) {
  if (xterm_like) say("\033[?2026l\033[?2004l");
  endwin();
  ct_signals_disarm();
}

void ct_close(void) {
  if (!screen) return;
  leave_modes();
  delscreen(screen);
  screen = NULL;
  close_output();
  ct_signals_remove();
}

void ct_suspend(void) {
  if (screen) leave_modes();
}

void ct_resume(void) {
  if (!screen) return;
  ct_signals_arm();
  reset_prog_mode();
  enter_modes();
  int width, height;
  ct_size(&width, &height);
  ct_resize(width, height);
  ct_repaint();
  doupdate();
}

void ct_stop(void) {
  if (!screen) return;
  ct_suspend();
  ct_signals_stop();
  ct_resume();
}

void ct_size(int *width, int *height) {
  struct winsize size;
  *width = *height = 0;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
    *width = size.ws_col;
    *height = size.ws_row;
  }
  const char *columns = getenv("COLUMNS"), *lines = getenv("LINES");
  if (*width <= 0) *width = columns && atoi(columns) > 0 ? atoi(columns) : 80;
  if (*height <= 0) *height = lines && atoi(lines) > 0 ? atoi(lines) : 24;
  if (*width > 1000) *width = 1000;
  if (*height > 1000) *height = 1000;
}

void ct_resize(int width, int height) {
  if (!screen || width < 1 || height < 1) return;
  /* Not resizeterm, which would report the resize a second time as a key. */
  resize_term(height, width);
  /* Every cell is written again without clearing first, which would flicker. */
  redrawwin(stdscr);
}

int ct_colours(void) { return screen && has_colors() ? COLORS : 0; }

bool ct_is_utf8(void) { return utf8; }

int ct_pair(int foreground, int background) {
  if (!screen || !has_colors() || (foreground < 0 && background < 0)) return 0;
  int pair = alloc_pair(foreground, background);
  return pair < 0 ? 0 : pair;
}

void ct_put(int y, int x, const uint32_t *scalars, size_t count, int width, int attributes, int pair) {
  if (!screen || count == 0) return;
  wchar_t text[6] = {0};
  size_t used = 0;
  /* Where the C library counts other columns than the caller does, ncurses would shift the line. */
  bool agrees = wcwidth((wchar_t)scalars[0]) == width;
  text[used++] = agrees ? (wchar_t)scalars[0] : L'?';
  for (size_t i = 1; agrees && i < count && used < 5; i++)
    if (wcwidth((wchar_t)scalars[i]) == 0) text[used++] = (wchar_t)scalars[i];
  attr_t attribute = A_NORMAL;
  if (attributes & CT_BOLD) attribute |= A_BOLD;
  if (attributes & CT_UNDERLINE) attribute |= A_UNDERLINE;
  if (attributes & CT_REVERSE) attribute |= A_REVERSE;
  cchar_t cell;
  int extended = pair;
  if (setcchar(&cell, text, attribute, (short)(pair > 32767 ? 0 : pair), &extended) == ERR) return;
  mvadd_wch(y, x, &cell);
  if (!agrees && width == 2) {
    text[0] = L' ';
    text[1] = 0;
    if (setcchar(&cell, text, attribute, (short)(pair > 32767 ? 0 : pair), &extended) != ERR)
      mvadd_wch(y, x + 1, &cell);
  }
}

void ct_flush(int y, int x, bool synchronised) {
  if (!screen) return;
  point_output(sink);
  curs_set(y >= 0 ? 1 : 0);
  if (y >= 0) move(y, x);
  wnoutrefresh(stdscr);
  doupdate();
  point_output(terminal);
  send_batch(synchronised);
}

void ct_repaint(void) {
  if (screen) clearok(curscr, TRUE);
}

long ct_read(uint8_t *buffer, size_t capacity, int milliseconds) {
  struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
  int found = poll(&ready, 1, milliseconds);
  if (found < 0) return errno == EINTR ? 0 : -1;
  if (found == 0) return 0;
  ssize_t count = read(STDIN_FILENO, buffer, capacity);
  if (count > 0) return count;
  return count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}
