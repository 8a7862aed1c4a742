/* The terminal behind plain functions; cterminal.c is the only file that knows ncurses.
 *
 * All belong to one thread. */
#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CT_OPENED = 0, CT_UNKNOWN_TERMINAL = 1, CT_INCAPABLE = 2, CT_NO_TERMINAL = 3, CT_SYSTEM_ERROR = 4 };
enum { CT_BOLD = 1, CT_UNDERLINE = 2, CT_REVERSE = 4 };
enum { CT_RESIZED = 1, CT_STOPPED = 2, CT_CONTINUED = 4, CT_TERMINATED = 8 };

/* Takes the terminal on descriptors 0 and 1, as the terminfo entry `term`, with signal handlers in place
 * and, when descriptor 2 is that terminal too, standard error kept in a file. One of CT_OPENED… */
int ct_open(const char *term);
/* Gives it back as it was, and prints what standard error got meanwhile. Harmless when closed. */
void ct_close(void);
/* Gives it back for a while (an editor), and takes it again; everything is drawn anew. */
void ct_suspend(void);
void ct_resume(void);
/* Suspends, stops the process group as Ctrl-Z does, and resumes when it is continued. */
void ct_stop(void);

/* The size that the kernel knows, else $COLUMNS and $LINES, else 80 by 24. */
void ct_size(int *width, int *height);
void ct_resize(int width, int height);
/* Colours the terminal has: 0, 8, 16, 88, 256 or 2^24. */
int ct_colours(void);
/* Whether text may be UTF-8. */
bool ct_is_utf8(void);
/* The pair of a foreground and a background, −1 for the terminal's own; 0 when there are no colours. */
int ct_pair(int foreground, int background);

/* Puts one spacing scalar with its marks into the cell (y, x); width is the columns the caller counts. */
void ct_put(int y, int x, const uint32_t *scalars, size_t count, int width, int attributes, int pair);
/* Sends what changed; the cursor at (y, x), hidden when y is negative; within synchronised output if asked. */
void ct_flush(int y, int x, bool synchronised);
/* Draws everything anew at the next flush. */
void ct_repaint(void);
/* Bytes straight to the terminal, all of them. */
void ct_write(const char *bytes, size_t count);

/* Input bytes; waits at most `milliseconds` for the first. 0: none; −1: the terminal is gone. */
long ct_read(uint8_t *buffer, size_t capacity, int milliseconds);
/* Readable when a signal came. */
int ct_signal_descriptor(void);
/* Which came since the last call (CT_RESIZED…), and the number of the one that asked to end, else 0. A
 * second SIGTERM or SIGINT does not wait for us: it restores the terminal and ends the process. */
int ct_take_signals(int *termination);

#endif
