internal import Documents
package import Values

extension Theme {
  /// Reads a theme file, notes everything wrong in it, and leaves what is wrong as inherited.
  ///
  /// - Parameters:
  ///   - file: its path, for messages; its name without `.yaml` is the theme's.
  ///   - find: the text of a theme file by the theme's name, for `inherits`; nil when there is none.
  ///     `dark` and `none` are known without it.
  /// - Returns: nil when the text is no YAML mapping.
  package static func parse(
    _ text: String, file: String, find: (String) -> String?, problems: inout [Problem]
  ) -> Theme? {
    let name = String(file.split(separator: "/").last ?? "").droppingSuffix(".yaml").droppingSuffix(".yml")
    return parse(text, name: name, file: file, heirs: [name], find: find, problems: &problems)
  }

  private static func parse(
    _ text: String, name: String, file: String, heirs: [String], find: (String) -> String?,
    problems: inout [Problem]
  ) -> Theme? {
    let found = problems.count
    let document = YAMLDocument(text, file: file, problems: &problems)
    guard let root = document.root, root.entries != nil else {
      if problems.count == found {
        problems.append(
          Problem("a theme is a mapping", remedy: "write `slots:` and names of slots", file: file))
      }
      return nil
    }
    var reader = YAMLReader(root, file: file, of: "a theme")
    let title = reader.string("title") ?? name
    let parent = reader.string("inherits") ?? "none"
    let place = reader.position(of: "inherits")
    let base = inherited(
      parent, by: heirs, find: find, problems: &problems,
      complain: { reader.complain($0, remedy: $1, at: place) })
    var slots = ThemeSlots(inherited: base.looks, palette: palette(&reader))
    if let section = reader.mapping("slots", of: "slots") { slots.read(section, into: &reader) }
    problems += reader.finish()
    return Theme(name: name, title: title, looks: slots.looks)
  }

  private static func inherited(
    _ name: String, by heirs: [String], find: (String) -> String?, problems: inout [Problem],
    complain: (_ what: String, _ remedy: String) -> Void
  ) -> Theme {
    if heirs.contains(name) {
      complain("the theme inherits itself, by way of \(heirs.joined(separator: ", "))", "name another theme")
      return .none
    }
    if let known = compiledIn.first(where: { $0.name == name }) { return known }
    guard let text = find(name) else {
      complain(
        "there is no theme \"\(Inert.terminal(name))\" to inherit",
        "name dark, none, or a file \(Inert.terminal(name)).yaml beside this one")
      return .none
    }
    return parse(
      text, name: name, file: "\(name).yaml", heirs: heirs + [name], find: find, problems: &problems) ?? .none
  }

  private static func palette(_ reader: inout YAMLReader) -> [String: Colour] {
    guard var section = reader.mapping("palette", of: "palette") else { return [:] }
    var palette: [String: Colour] = [:]
    for name in section.names {
      guard let node = section.node(name) else { continue }
      if node.isNull {
        section.complain(
          "\(name) has no colour",
          remedy: "write \"#rrggbb\", in quotes because # begins a comment, or 0–255",
          at: node.position)
      } else if let text = section.string(node, name: name) {
        palette[name] = Colour(text)
        if palette[name] == nil {
          section.complain(
            "\(name) is a colour, and here is \"\(Inert.terminal(text))\"",
            remedy: "write \"#rrggbb\", 0–255 or default", at: node.position)
        }
      }
    }
    reader.finish(section)
    return palette
  }
}

extension String {
  fileprivate func droppingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
