import Alerting
import Dispatch
import Foundation
import Values

/// What is found in one file of rules.
struct RuleFileCheck {
  let file: String
  let rules: Int
  let problems: [Problem]
  let duplicates: [DuplicateRules]

  init(_ source: RuleText, lint: RuleLint) {
    file = source.file
    guard let text = source.text else {
      rules = 0
      problems = source.problem.map { [$0] } ?? []
      duplicates = []
      return
    }
    let (found, problems) = RuleFile.check(text, file: source.file, on: Self.threads())
    self.problems = problems
    rules = found.count
    let isSound = problems.allSatisfy { $0.weight == .warning }
    duplicates = isSound && lint.findsDuplicates ? DuplicateRules.find(in: found) : []
  }

  /// One for every processor but the caller's.
  private static func threads() -> RuleFile.Threads {
    let (queue, begun) = (DispatchQueue.global(), DispatchGroup())
    return RuleFile.Threads(
      most: ProcessInfo.processInfo.activeProcessorCount - 1,
      begin: { queue.async(group: begun, execute: $0) }, join: { begun.wait() })
  }

  var errors: [Problem] { problems.filter { $0.weight == .error } }

  /// The duplicates in promtool's words, each with its places; nil without any.
  var lintText: String? {
    guard !duplicates.isEmpty else { return nil }
    var lines = ["lint error \(duplicates.count) duplicate rule(s) found."]
    for duplicate in duplicates {
      lines += ["Metric: \(Inert.terminal(duplicate.name))", "Label(s):"]
      lines += duplicate.labels.map { "\t\(Inert.terminal($0.name)): \(Inert.terminal($0.text))" }
      lines += duplicate.positions.map { "  at \(file):\($0.line):\($0.column)" }
    }
    return (lines + ["Might cause inconsistency while recording expressions"]).joined(separator: "\n")
  }
}
