import ArgumentParser

/// How a verb answers: for people, or one JSON document with a `schema` name.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json
}
