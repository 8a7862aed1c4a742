import Mustache

/// What Mustache asks for values: the fields, and a record of those that are not there.
struct FieldRoot: MustacheParent, MustacheCustomRenderable {
  /// Shared by a root and the groups under it while one text is rendered.
  final class Misses {
    private(set) var names: [String] = []

    func add(_ name: String) {
      if !names.contains(name) { names.append(name) }
    }
  }

  let misses: Misses
  private let fields: [String: Field]
  private let groups: Set<String>
  private let path: String
  private let isOptional: Bool
  private let gap: TemplateBody.Gap

  init(_ fields: [String: Field], groups: Set<String>, gap: TemplateBody.Gap = .shown) {
    self.init(fields, groups: groups, gap: gap, path: "", isOptional: false, misses: Misses())
  }

  private init(
    _ fields: [String: Field], groups: Set<String>, gap: TemplateBody.Gap, path: String, isOptional: Bool,
    misses: Misses
  ) {
    self.gap = gap
    self.fields = fields
    self.groups = groups
    self.path = path
    self.isOptional = isOptional
    self.misses = misses
  }

  func child(named name: String) -> Any? {
    let isMarked = name.hasPrefix(TemplateBody.sectionMark)
    let bare = isMarked ? String(name.dropFirst(TemplateBody.sectionMark.count)) : name
    let full = path.isEmpty ? bare : "\(path).\(bare)"
    let isOptional = isOptional || isMarked
    if path.isEmpty, groups.contains(bare) || fields.keys.contains(where: { $0.hasPrefix(full + ".") }) {
      let hasOwn = fields[full].map { !$0.isEmpty } ?? false
      if !isOptional || !hasOwn || groups.contains(bare) {
        return FieldRoot(
          fields, groups: groups, gap: gap, path: full, isOptional: isOptional, misses: misses)
      }
    }
    if let field = fields[full], !field.isEmpty {
      switch field {
      case .text(let text): return text
      case .list(let items): return isOptional ? items as Any : field.plain as Any
      }
    }
    return isOptional ? nil : missing(full)
  }

  /// A group shown as if it were a field: `{{incident}}` beside `{{incident.number}}`.
  var renderText: String {
    if let field = fields[path], !field.isEmpty { return field.plain }
    return missing(path)
  }

  /// A section over a group is left out when nothing is in it.
  var isNull: Bool {
    !fields.contains { key, field in (key == path || key.hasPrefix(path + ".")) && !field.isEmpty }
  }

  private func missing(_ name: String) -> String {
    misses.add(name)
    return gap == .shown ? "{{\(name)}}" : ""
  }
}
