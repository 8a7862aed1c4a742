import Documents
import Values

/// What a file is, as its name and text tell.
package enum FileKind: String, Sendable {
  case system, rules, ruleTests = "rule tests", playbook, template, theme, drill, unknown

  /// Told by the ending, the folder and the keys at the top.
  package init(text: String, file: String) {
    self = Self.kind(ofText: text, file: file)
  }

  private static func kind(ofText text: String, file: String) -> FileKind {
    let parts = file.split(separator: "/")
    let name = parts.last.map(String.init) ?? file
    let parent = parts.dropLast().last.map(String.init)
    var ignored: [Problem] = []
    if name.hasSuffix(".md") {
      let front = FrontMatter(text, file: file, problems: &ignored)
      let keys = keys(of: front.document?.root)
      return parent == "comms" || keys.contains("audience") ? .template : .playbook
    }
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return .unknown }
    if name == "system.yaml" { return .system }
    let keys = keys(of: YAMLDocument(text, file: file, problems: &ignored).root)
    if keys.contains("tests") || name.hasSuffix("_test.yaml") { return .ruleTests }
    if keys.contains("groups") || keys.contains("kind") || name.hasPrefix("rules") { return .rules }
    if keys.contains("slots") || keys.contains("palette") || parent == "themes" { return .theme }
    if keys.contains("start") || keys.contains("then") || parent == "drills" { return .drill }
    return keys.contains("endpoints") || keys.contains("title") ? .system : .unknown
  }

  private static func keys(of root: YAMLNode?) -> Set<String> {
    Set(root?.entries?.compactMap { $0.key.text } ?? [])
  }
}
