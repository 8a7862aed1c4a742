#include "CMarkdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct cmd_document {
  cmark_parser *parser;
  cmark_node *root;
};

static pthread_once_t registered = PTHREAD_ONCE_INIT;

/* Table nodes and their like have types that are numbered at run time; their names are fixed. */
static const char *const extensions[] = {"table", "tasklist", "strikethrough", "autolink"};

static cmark_node *raw(cmd_node *node) { return (cmark_node *)node; }

cmd_document *cmd_parse(const char *bytes, size_t length) {
  pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
  cmd_document *document = calloc(1, sizeof *document);
  if (!document) return NULL;
  document->parser = cmark_parser_new(
      CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FULL_INFO_STRING | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
  if (!document->parser) {
    free(document);
    return NULL;
  }
  for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);
    if (extension) cmark_parser_attach_syntax_extension(document->parser, extension);
  }
  cmark_parser_feed(document->parser, bytes, length);
  document->root = cmark_parser_finish(document->parser);
  return document;
}

void cmd_free(cmd_document *document) {
  if (!document) return;
  if (document->root) cmark_node_free(document->root);
  cmark_parser_free(document->parser);
  free(document);
}

cmd_node *cmd_root(cmd_document *document) { return (cmd_node *)document->root; }
cmd_node *cmd_first_child(cmd_node *node) { return (cmd_node *)cmark_node_first_child(raw(node)); }
cmd_node *cmd_next(cmd_node *node) { return (cmd_node *)cmark_node_next(raw(node)); }

cmd_kind cmd_kind_of(cmd_node *node) {
  switch (cmark_node_get_type(raw(node))) {
    case CMARK_NODE_DOCUMENT: return CMD_DOCUMENT;
    case CMARK_NODE_BLOCK_QUOTE: return CMD_QUOTE;
    case CMARK_NODE_LIST: return CMD_LIST;
    case CMARK_NODE_ITEM: return CMD_ITEM;
    case CMARK_NODE_CODE_BLOCK: return CMD_CODE_BLOCK;
    case CMARK_NODE_HTML_BLOCK: return CMD_HTML_BLOCK;
    case CMARK_NODE_PARAGRAPH: return CMD_PARAGRAPH;
    case CMARK_NODE_HEADING: return CMD_HEADING;
    case CMARK_NODE_THEMATIC_BREAK: return CMD_RULE;
    case CMARK_NODE_TEXT: return CMD_TEXT;
    case CMARK_NODE_SOFTBREAK: return CMD_SOFT_BREAK;
    case CMARK_NODE_LINEBREAK: return CMD_HARD_BREAK;
    case CMARK_NODE_CODE: return CMD_CODE;
    case CMARK_NODE_HTML_INLINE: return CMD_HTML_INLINE;
    case CMARK_NODE_EMPH: return CMD_EMPHASIS;
    case CMARK_NODE_STRONG: return CMD_STRONG;
    case CMARK_NODE_LINK: return CMD_LINK;
    case CMARK_NODE_IMAGE: return CMD_IMAGE;
    default: break;
  }
  const char *name = cmark_node_get_type_string(raw(node));
  if (!name) return CMD_OTHER;
  if (!strcmp(name, "table")) return CMD_TABLE;
  if (!strcmp(name, "table_header") || !strcmp(name, "table_row")) return CMD_TABLE_ROW;
  if (!strcmp(name, "table_cell")) return CMD_TABLE_CELL;
  if (!strcmp(name, "strikethrough")) return CMD_STRIKE;
  if (!strcmp(name, "tasklist")) return CMD_ITEM;
  return CMD_OTHER;
}

cmd_place cmd_place_of(cmd_node *node) {
  cmd_place place = {
      cmark_node_get_start_line(raw(node)), cmark_node_get_start_column(raw(node)),
      cmark_node_get_end_line(raw(node)), cmark_node_get_end_column(raw(node))};
  return place;
}

const char *cmd_literal(cmd_node *node) { return cmark_node_get_literal(raw(node)); }

const char *cmd_fence_info(cmd_node *node) {
  int length, offset;
  char character;
  if (!cmark_node_get_fenced(raw(node), &length, &offset, &character)) return NULL;
  return cmark_node_get_fence_info(raw(node));
}

const char *cmd_url(cmd_node *node) { return cmark_node_get_url(raw(node)); }
int cmd_heading_level(cmd_node *node) { return cmark_node_get_heading_level(raw(node)); }

int cmd_is_ordered(cmd_node *node) {
  return cmark_node_get_list_type(raw(node)) == CMARK_ORDERED_LIST;
}

int cmd_list_start(cmd_node *node) { return cmark_node_get_list_start(raw(node)); }

int cmd_task_state(cmd_node *node) {
  const char *name = cmark_node_get_type_string(raw(node));
  if (!name || strcmp(name, "tasklist")) return -1;
  return cmark_gfm_extensions_get_tasklist_item_checked(raw(node)) ? 1 : 0;
}

int cmd_is_header_row(cmd_node *node) {
  return cmark_gfm_extensions_get_table_row_is_header(raw(node));
}
