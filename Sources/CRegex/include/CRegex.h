// RE2 behind plain C functions: regular expressions in linear time, in the syntax that Go and Prometheus use.
#ifndef CREGEX_H
#define CREGEX_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled expression. Immutable: any number of threads may match with it at once.
typedef struct cregex cregex;

/// Where a group matched: byte offsets into the text, or -1 and -1 when the group took no part.
typedef struct {
  ptrdiff_t start;
  ptrdiff_t end;
} cregex_span;

/// Compiles `pattern` (UTF-8). With `anchored` it must match whole texts; with `dot_newline` a dot matches a
/// newline, too. Returns NULL on a bad pattern; then the reason stands in `error`, cut at `error_size`.
cregex *cregex_compile(const char *pattern, size_t length, bool anchored, bool dot_newline, char *error,
                       size_t error_size);

void cregex_delete(cregex *regex);

/// The number of capturing groups, the whole match not counted.
int cregex_group_count(const cregex *regex);

/// The name of group `index` (1-based), or "" when it has none. Valid while `regex` lives.
const char *cregex_group_name(const cregex *regex, int index);

/// Whether the text matches (somewhere in it, unless compiled `anchored`).
bool cregex_matches(const cregex *regex, const char *text, size_t length);

/// Looks for a match at or after byte `from` and fills `spans[0..<count]`: the whole match, then the groups.
bool cregex_find(const cregex *regex, const char *text, size_t length, size_t from, cregex_span *spans,
                 int count);

#ifdef __cplusplus
}
#endif
#endif
