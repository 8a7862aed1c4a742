import ArgumentParser

/// What `rules check` looks for beyond mistakes, by promtool's names.
enum RuleLint: String, ExpressibleByArgument, CaseIterable {
  case all
  case duplicateRules = "duplicate-rules"
  case none

  var findsDuplicates: Bool { self != .none }
}
