#include "CYAML.h"

#include <stdlib.h>
#include <yaml.h>

struct cyaml {
  yaml_parser_t parser;
  yaml_event_t event;
  bool has_event;
  const unsigned char *text;
  size_t length;
};

cyaml *cyaml_open(const char *text, size_t length) {
  cyaml *yaml = calloc(1, sizeof *yaml);
  if (!yaml) return NULL;
  if (!yaml_parser_initialize(&yaml->parser)) {
    free(yaml);
    return NULL;
  }
  yaml->text = (const unsigned char *)text;
  yaml->length = length;
  yaml_parser_set_input_string(&yaml->parser, yaml->text, length);
  return yaml;
}

static void drop_event(cyaml *yaml) {
  if (yaml->has_event) yaml_event_delete(&yaml->event);
  yaml->has_event = false;
}

bool cyaml_next(cyaml *yaml, cyaml_event *event) {
  drop_event(yaml);
  *event = (cyaml_event){0};
  yaml_event_t *raw = &yaml->event;
  for (;;) {
    if (!yaml_parser_parse(&yaml->parser, raw)) return false;
    if (raw->type != YAML_STREAM_START_EVENT) break;
    yaml_event_delete(raw);
  }
  yaml->has_event = true;
  event->line = raw->start_mark.line;
  event->column = raw->start_mark.column;
  switch (raw->type) {
    case YAML_DOCUMENT_START_EVENT: event->kind = CYAML_DOCUMENT_START; break;
    case YAML_DOCUMENT_END_EVENT: event->kind = CYAML_DOCUMENT_END; break;
    case YAML_ALIAS_EVENT:
      event->kind = CYAML_ALIAS;
      event->anchor = (const char *)raw->data.alias.anchor;
      break;
    case YAML_SCALAR_EVENT:
      event->kind = CYAML_SCALAR;
      event->plain = raw->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
      event->text = (const char *)raw->data.scalar.value;
      event->length = raw->data.scalar.length;
      event->anchor = (const char *)raw->data.scalar.anchor;
      event->tag = (const char *)raw->data.scalar.tag;
      break;
    case YAML_SEQUENCE_START_EVENT:
      event->kind = CYAML_SEQUENCE_START;
      event->anchor = (const char *)raw->data.sequence_start.anchor;
      event->tag = (const char *)raw->data.sequence_start.tag;
      break;
    case YAML_SEQUENCE_END_EVENT: event->kind = CYAML_SEQUENCE_END; break;
    case YAML_MAPPING_START_EVENT:
      event->kind = CYAML_MAPPING_START;
      event->anchor = (const char *)raw->data.mapping_start.anchor;
      event->tag = (const char *)raw->data.mapping_start.tag;
      break;
    case YAML_MAPPING_END_EVENT: event->kind = CYAML_MAPPING_END; break;
    default: event->kind = CYAML_END; break;
  }
  return true;
}

const char *cyaml_problem(const cyaml *yaml, size_t *line, size_t *column) {
  const yaml_parser_t *parser = &yaml->parser;
  *line = parser->problem_mark.line;
  *column = parser->problem_mark.column;
  if (parser->error == YAML_READER_ERROR) {
    // A character that YAML forbids: libyaml knows its byte only.
    *line = *column = 0;
    for (size_t i = 0; i < parser->problem_offset && i < yaml->length; i++) {
      if (yaml->text[i] == '\n') {
        *line += 1;
        *column = 0;
      } else if ((yaml->text[i] & 0xC0) != 0x80) {
        *column += 1;
      }
    }
  }
  return parser->problem ? parser->problem : "it cannot be read";
}

void cyaml_close(cyaml *yaml) {
  if (!yaml) return;
  drop_event(yaml);
  yaml_parser_delete(&yaml->parser);
  free(yaml);
}
