import Testing
import Values

@testable import Comms

/// A template that must be right.
func template(_ source: String, file: String = "users.md") throws -> Template {
  var problems: [Problem] = []
  let template = Template(source, file: file, problems: &problems)
  try #require(problems.isEmpty, "\(problems)")
  return try #require(template)
}

/// A template of which only the body matters.
func body(_ text: String, subject: String = "S") throws -> Template {
  try template("---\naudience: users\nstage: Identified\nsubject: \"\(subject)\"\n---\n\(text)")
}

func instant(_ clock: String, day: String = "2026-11-21") throws -> Instant {
  try #require(Instant(rfc3339: "\(day)T\(clock):00Z"))
}
