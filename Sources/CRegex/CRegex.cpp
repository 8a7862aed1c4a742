#include "CRegex.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <vector>

struct cregex {
  RE2 expression;
  RE2::Anchor anchor;
  std::vector<std::string> names;

  cregex(re2::StringPiece pattern, const RE2::Options &options, bool anchored)
      : expression(pattern, options), anchor(anchored ? RE2::ANCHOR_BOTH : RE2::UNANCHORED) {}
};

static void explain(const std::string &reason, char *error, size_t size) {
  if (error == nullptr || size == 0) return;
  size_t length = std::min(reason.size(), size - 1);
  std::memcpy(error, reason.data(), length);
  error[length] = 0;
}

cregex *cregex_compile(const char *pattern, size_t length, bool anchored, bool dot_newline, char *error,
                       size_t error_size) {
  try {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_dot_nl(dot_newline);
    cregex *regex = new cregex(re2::StringPiece(pattern, length), options, anchored);
    if (!regex->expression.ok()) {
      explain(regex->expression.error(), error, error_size);
      delete regex;
      return nullptr;
    }
    regex->names.resize(regex->expression.NumberOfCapturingGroups() + 1);
    for (const auto &entry : regex->expression.CapturingGroupNames()) {
      if (entry.first >= 0 && (size_t)entry.first < regex->names.size()) regex->names[entry.first] = entry.second;
    }
    return regex;
  } catch (const std::exception &problem) {
    explain(problem.what(), error, error_size);
    return nullptr;
  }
}

void cregex_delete(cregex *regex) { delete regex; }

int cregex_group_count(const cregex *regex) { return (int)regex->names.size() - 1; }

const char *cregex_group_name(const cregex *regex, int index) {
  if (index < 0 || (size_t)index >= regex->names.size()) return "";
  return regex->names[index].c_str();
}

bool cregex_matches(const cregex *regex, const char *text, size_t length) {
  return regex->expression.Match(re2::StringPiece(text, length), 0, length, regex->anchor, nullptr, 0);
}

bool cregex_find(const cregex *regex, const char *text, size_t length, size_t from, cregex_span *spans, int count) {
  if (from > length || count < 0) return false;
  std::vector<re2::StringPiece> groups(count);
  if (!regex->expression.Match(re2::StringPiece(text, length), from, length, regex->anchor, groups.data(), count))
    return false;
  for (int i = 0; i < count; i++) {
    bool took_part = groups[i].data() != nullptr;
    spans[i].start = took_part ? groups[i].data() - text : -1;
    spans[i].end = took_part ? spans[i].start + (ptrdiff_t)groups[i].size() : -1;
  }
  return true;
}
