import ArgumentParser

/// How the verbs for rules answer: in promtool's words, as JUnit's XML, or as one JSON document.
enum RuleOutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, junit, json
}
