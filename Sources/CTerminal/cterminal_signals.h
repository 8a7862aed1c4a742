/* Signals and the terminal's state around them; used by cterminal.c only. */
#ifndef CTERMINAL_SIGNALS_H
#define CTERMINAL_SIGNALS_H

#include <stdbool.h>

/* Remembers the terminal's modes and puts handlers in place, before ncurses looks for its own. */
bool ct_signals_install(void);
/* Puts the previous handlers back. */
void ct_signals_remove(void);
/* The bytes that undo every mode, for handlers that may call nothing but write. */
void ct_signals_set_reset(const char *bytes);
/* From here on a crash restores the terminal, and standard error goes to a file. */
void ct_signals_arm(void);
/* The modes are as they were before, and standard error is itself again, with what it got meanwhile. */
void ct_signals_disarm(void);
/* Stops the process group as Ctrl-Z would, when disarmed; returns when it is continued. */
void ct_signals_stop(void);

#endif
