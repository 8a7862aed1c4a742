import Documents
import Values

/// A Prometheus rule file, read as strictly as Prometheus 3.14 reads it.
///
/// An unknown field, a key given twice, a wrong type or a wrong expression is an error with its place; a file
/// with an error is not loaded. `kind: PrometheusRule` (Kubernetes) is unwrapped.
package enum RuleFile {
  /// Reads the whole file and says everything that is wrong with it. The groups are those without an error.
  ///
  /// - Parameter levels: what a `severity` may say without a warning.
  package static func parse(
    _ text: String, file: String, levels: LevelMap = LevelMap()
  ) -> (groups: [GroupDefinition], problems: [Problem]) {
    var problems: [Problem] = []
    let document = YAMLDocument(text, file: file, problems: &problems)
    guard let root = document.root else { return ([], problems) }
    var reader = RuleFileReader(file: file, source: YAMLSource(text), levels: levels)
    reader.read(root)
    return (reader.groups, (problems + reader.problems).sorted())
  }
}
