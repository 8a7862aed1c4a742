import Alerting
import Comms
import Documents
import Playbooks
import Values

/// What `midwatch validate` says of a folder or a single file. Nothing is executed, nothing is opened.
package enum Validation {
  /// What a file is, as its name and text tell.
  package enum Kind: String, Sendable {
    case system, rules, ruleTests = "rule tests", playbook, template, theme, drill, unknown
  }

  /// Everything wrong with a whole system folder, sorted by file and place.
  package static func problems(of folder: Folder, environment: [String: String]) -> [Problem] {
    SystemFolder.load(folder, environment: environment).problems
  }

  /// Everything wrong with one file, sorted by place. Themes and drills are read elsewhere: nothing is found in
  /// them here, see ``kind(ofText:file:)``.
  package static func problems(
    ofText text: String, file: String, environment: [String: String]
  ) -> [Problem] {
    var problems: [Problem] = []
    switch kind(ofText: text, file: file) {
    case .rules: problems = RuleFile.parse(text, file: file).problems
    case .playbook: _ = PlaybookDocument(text, file: file, problems: &problems)
    case .template: _ = Template(text, file: file, problems: &problems)
    case .system:
      let folder = Folder(name: "system", files: ["system.yaml": text])
      problems = SystemFolder.load(folder, environment: environment).problems.map { problem in
        var problem = problem
        problem.file = file
        return problem
      }
    case .ruleTests, .theme, .drill: break
    case .unknown:
      problems.append(
        Problem(
          "this is neither a system, rules, a playbook, a template, a theme nor a drill",
          remedy: "give a folder with a system.yaml, or one of those files", file: file))
    }
    return problems.sorted()
  }

  /// Told by the ending, the folder and the keys at the top.
  package static func kind(ofText text: String, file: String) -> Kind {
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
