// libyaml behind plain C functions: the events of a YAML text, each with its place.
#ifndef CYAML_H
#define CYAML_H

#include <stdbool.h>
#include <stddef.h>

/// A text that is being read. It belongs to one thread at a time.
typedef struct cyaml cyaml;

typedef enum {
  CYAML_END,
  CYAML_DOCUMENT_START,
  CYAML_DOCUMENT_END,
  CYAML_ALIAS,
  CYAML_SCALAR,
  CYAML_SEQUENCE_START,
  CYAML_SEQUENCE_END,
  CYAML_MAPPING_START,
  CYAML_MAPPING_END,
} cyaml_kind;

/// One event. Its texts are valid until the next one is read.
typedef struct {
  cyaml_kind kind;
  /// A scalar without quotes that is no block.
  bool plain;
  /// Where it begins, both from 0; the column counts characters.
  size_t line;
  size_t column;
  /// The scalar, UTF-8; it may hold zeros.
  const char *text;
  size_t length;
  /// The anchor, or the alias's name; NULL without one.
  const char *anchor;
  /// The explicit tag, resolved; NULL without one.
  const char *tag;
} cyaml_event;

/// Begins to read `text` (UTF-8), which must stay as it is until `cyaml_close`. NULL without memory.
cyaml *cyaml_open(const char *text, size_t length);

/// Reads the next event; false when the text is no YAML, which `cyaml_problem` then explains.
bool cyaml_next(cyaml *yaml, cyaml_event *event);

/// Why `cyaml_next` returned false, and where. Valid until `cyaml_close`.
const char *cyaml_problem(const cyaml *yaml, size_t *line, size_t *column);

void cyaml_close(cyaml *yaml);

#endif
