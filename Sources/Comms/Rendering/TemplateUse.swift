import Values

/// One place at which a template names a field.
package struct TemplateUse: Equatable, Sendable {
  package let name: String
  /// `{{#name}}` or `{{^name}}`: the field decides whether a part is there, and may be absent.
  package let isSection: Bool
  package let position: Position

  /// In the order of the text; the ends of sections and comments name nothing. Mistakes in it are not told: they
  /// are ``TemplateBody``'s to tell.
  package static func all(in text: String) -> [TemplateUse] {
    var problems: [Problem] = []
    let bytes = Array(text.utf8)
    return MustacheTag.tags(in: text, file: "", at: .start, problems: &problems).compactMap { tag in
      guard tag.kind != .close, tag.kind != .comment, tag.name != "." else { return nil }
      return TemplateUse(
        name: tag.name, isSection: tag.kind != .name,
        position: MustacheTag.position(of: tag.bytes.lowerBound, in: bytes, from: .start))
    }
  }
}
