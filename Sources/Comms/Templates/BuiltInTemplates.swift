import Values

/// Templates for systems that have none of their own: one a stage for each audience.
///
/// Written by these rules: what people notice comes first, then what is known, then when we write again; no
/// blame, no estimate, no word that names no time.
package enum BuiltInTemplates {
  /// What the names of built-in templates begin with; a system's file cannot have it.
  private static let folder = "built-in:"

  package static func isBuiltIn(_ template: Template) -> Bool { template.file.hasPrefix(folder) }

  /// All of them; read once by whoever needs them.
  package static func all() -> [Template] {
    sources.compactMap { name, source in
      var problems: [Problem] = []
      return Template(source, file: folder + name, problems: &problems)
    }
  }

  /// By name; users before the others, stages in their order.
  static let sources: [(name: String, source: String)] = users + status + inside + support + occasions
}
