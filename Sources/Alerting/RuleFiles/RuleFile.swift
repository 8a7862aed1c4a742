import Documents
import Values

/// A Prometheus rule file, read as strictly as Prometheus 3.14 reads it.
///
/// An unknown field, a key given twice, a wrong type or a wrong expression is an error with its place; a file
/// with an error is not loaded. `kind: PrometheusRule` (Kubernetes) is unwrapped.
package enum RuleFile {
  /// As what a file is read.
  package enum Reading: Sendable {
    /// As Prometheus and its tools do: the first document counts, and a severity may say anything.
    case prometheus
    /// As part of a system: every document counts, and a severity that is no level is told.
    case system(LevelMap)
  }

  /// Threads besides the caller's, for a big file.
  package struct Threads: Sendable {
    /// How many may be busy at the same time.
    let most: Int
    /// Runs a body on another thread.
    let begin: @Sendable (_ body: @escaping @Sendable () -> Void) -> Void
    /// Returns when everything that was begun has ended.
    let join: @Sendable () -> Void

    package init(
      most: Int, begin: @escaping @Sendable (_ body: @escaping @Sendable () -> Void) -> Void,
      join: @escaping @Sendable () -> Void
    ) {
      self.most = most
      self.begin = begin
      self.join = join
    }
  }

  /// Reads the whole file and says everything that is wrong with it. The groups are those without an error.
  package static func parse(
    _ text: String, file: String, as reading: Reading
  ) -> (groups: [GroupDefinition], problems: [Problem]) {
    var levels: LevelMap?
    if case .system(let map) = reading { levels = map }
    let group = GroupReader(file: file, source: YAMLSource(text), levels: levels)
    var reader = RuleFileReader(group, on: nil) { GroupDefinition($0, file: file) }
    switch reading {
    case .prometheus: reader.readFirstDocument(of: text)
    case .system:
      reader.readAllDocuments(of: text)
      reader.warnOfDuplicates()
    }
    return (reader.groups, reader.problems.sorted())
  }

  /// Reads the whole file as Prometheus does and says everything that is wrong with it.
  ///
  /// Of the rules in groups without an error it keeps only what tells them apart.
  ///
  /// - Parameter threads: read groups while the rest of the file is still taken apart.
  package static func check(
    _ text: String, file: String, on threads: Threads
  ) -> (rules: [RuleOutline], problems: [Problem]) {
    let group = GroupReader(file: file, source: YAMLSource(text), levels: nil)
    var reader = RuleFileReader(group, on: threads) { group in group.rules.map { RuleOutline($0) } }
    reader.readFirstDocument(of: text)
    return (reader.groups.flatMap { $0 }, reader.problems.sorted())
  }

  /// Reads a file of a system.
  ///
  /// - Parameter levels: what a `severity` may say without a warning.
  package static func parse(
    _ text: String, file: String, levels: LevelMap = LevelMap()
  ) -> (groups: [GroupDefinition], problems: [Problem]) {
    parse(text, file: file, as: .system(levels))
  }
}
