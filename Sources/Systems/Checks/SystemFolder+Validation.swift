import Alerting
import Comms
import Playbooks
import Values

/// What `midwatch validate` says. Nothing is executed, nothing is opened.
extension SystemFolder {
  /// Everything wrong with a whole system folder, sorted by file and place.
  package static func problems(of folder: Folder, environment: [String: String]) -> [Problem] {
    load(folder, environment: environment).problems
  }

  /// Everything wrong with one file by itself, sorted by place; nil for themes and drills, which are read
  /// elsewhere (``FileKind`` tells which).
  package static func problems(
    ofFile file: String, text: String, environment: [String: String] = [:]
  ) -> [Problem]? {
    var problems: [Problem] = []
    switch FileKind(text: text, file: file) {
    case .theme, .drill: return nil
    case .ruleTests: break
    case .rules: problems = RuleFile.parse(text, file: file).problems
    case .playbook: _ = PlaybookDocument(text, file: file, problems: &problems)
    case .template: _ = Template(text, file: file, problems: &problems)
    case .system:
      let alone = Folder(name: "system", files: ["system.yaml": text])
      problems = load(alone, environment: environment).problems.map { problem in
        var problem = problem
        problem.file = file
        return problem
      }
    case .unknown:
      problems.append(
        Problem(
          "this is neither a system, rules, a playbook, a template, a theme nor a drill",
          remedy: "give a folder with a system.yaml, or one of those files", file: file))
    }
    return problems.sorted()
  }
}
