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

  /// Calls a body for every number below a count, in any order and on any threads, and waits for all.
  package typealias Spread = @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void

  /// Reads the whole file and says everything that is wrong with it. The groups are those without an error.
  ///
  /// - Parameter spread: reads groups of a big file at the same time; nil reads them one after the other.
  package static func parse(
    _ text: String, file: String, as reading: Reading, spread: Spread? = nil
  ) -> (groups: [GroupDefinition], problems: [Problem]) {
    var problems: [Problem] = []
    var levels: LevelMap?
    let documents: [YAMLDocument]
    switch reading {
    case .prometheus: documents = [YAMLDocument(text, file: file, problems: &problems)]
    case .system(let map):
      levels = map
      documents = YAMLDocument.all(text, file: file, problems: &problems)
    }
    var reader = RuleFileReader(file: file, source: YAMLSource(text), levels: levels, spread: spread)
    for root in documents.compactMap(\.root) { reader.read(root) }
    if case .system = reading { reader.warnOfDuplicates() }
    return (reader.groups, (problems + reader.problems).sorted())
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
