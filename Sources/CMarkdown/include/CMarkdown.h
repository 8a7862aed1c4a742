#ifndef CMARKDOWN_H
#define CMARKDOWN_H

/* The door to cmark-gfm: a parsed document as plain functions on two opaque types.
 *
 * Tables, task lists and strikethrough are on; raw HTML stays text. Every pointer lives until
 * cmd_free; strings are UTF-8, end in NUL, and are NULL where a node has none. */

#include <stddef.h>

typedef struct cmd_document cmd_document;
typedef struct cmd_node cmd_node;

typedef enum {
  CMD_OTHER,
  CMD_DOCUMENT,
  CMD_QUOTE,
  CMD_LIST,
  CMD_ITEM,
  CMD_CODE_BLOCK,
  CMD_HTML_BLOCK,
  CMD_PARAGRAPH,
  CMD_HEADING,
  CMD_RULE,
  CMD_TABLE,
  CMD_TABLE_ROW,
  CMD_TABLE_CELL,
  CMD_TEXT,
  CMD_SOFT_BREAK,
  CMD_HARD_BREAK,
  CMD_CODE,
  CMD_HTML_INLINE,
  CMD_EMPHASIS,
  CMD_STRONG,
  CMD_STRIKE,
  CMD_LINK,
  CMD_IMAGE
} cmd_kind;

/* Lines and columns count from 1, columns in bytes, the end is included. */
typedef struct {
  int start_line;
  int start_column;
  int end_line;
  int end_column;
} cmd_place;

/* NULL only when memory is out. */
cmd_document *cmd_parse(const char *bytes, size_t length);
void cmd_free(cmd_document *document);

cmd_node *cmd_root(cmd_document *document);
cmd_node *cmd_first_child(cmd_node *node);
cmd_node *cmd_next(cmd_node *node);

cmd_kind cmd_kind_of(cmd_node *node);
cmd_place cmd_place_of(cmd_node *node);

/* The text of code, HTML and text nodes. */
const char *cmd_literal(cmd_node *node);
/* What stands after the opening fence; NULL for an indented block. */
const char *cmd_fence_info(cmd_node *node);
/* Where a link or an image points. */
const char *cmd_url(cmd_node *node);
/* 1 to 6. */
int cmd_heading_level(cmd_node *node);
/* 1 for an ordered list, else 0. */
int cmd_is_ordered(cmd_node *node);
/* The first number of an ordered list. */
int cmd_list_start(cmd_node *node);
/* Of an item: 1 checked, 0 unchecked, -1 no task. */
int cmd_task_state(cmd_node *node);
/* 1 for the header row of a table, else 0. */
int cmd_is_header_row(cmd_node *node);

#endif
