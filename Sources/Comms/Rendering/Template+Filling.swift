import Values

/// A subject and a text as they came out of a template.
package struct FilledTemplate: Equatable, Sendable {
  package let subject: String
  package let text: String
  /// Fields without a value: they stand in the text as `{{name}}`.
  package let unfilled: [String]
}

extension Template {
  /// Fills subject and text. Variables that have a default fill what `fields` lacks.
  package func filled(_ fields: [String: Field], variables system: [Variable] = []) -> FilledTemplate {
    var all = fields
    for variable in system.overridden(by: variables) where all[variable.name]?.isEmpty ?? true {
      if let value = variable.defaultValue { all[variable.name] = .text(value) }
    }
    let subject = subjectBody.filled(all)
    let text = textBody.filled(all)
    let oneLine = subject.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return FilledTemplate(
      subject: oneLine, text: text.text, unfilled: (subject.missing + text.missing).uniqued)
  }

  /// What is still to be asked: a variable for each field that is shown and has no value.
  package func questions(_ fields: [String: Field], variables system: [Variable] = []) -> [Variable] {
    let known = system.overridden(by: variables)
    return filled(fields, variables: system).unfilled.map { name in
      known.first { $0.name == name } ?? Variable(name)
    }
  }
}

/// Holes in a text that a person has edited.
package enum Unfilled {
  /// Names that stand in `text` as `{{name}}`, each once, in order.
  package static func names(in text: String) -> [String] {
    var problems: [Problem] = []
    return MustacheTag.tags(in: text, file: "", at: .start, problems: &problems)
      .filter { $0.kind != .comment }.map(\.name).uniqued
  }

  /// `text` with each `{{name}}` that has a value replaced by it, in one pass; other tags stay.
  package static func filling(_ text: String, with values: [String: String]) -> String {
    var problems: [Problem] = []
    let tags = MustacheTag.tags(in: text, file: "", at: .start, problems: &problems)
    let bytes = Array(text.utf8)
    var filled: [UInt8] = []
    var end = 0
    for tag in tags where tag.kind == .name {
      guard let value = values[tag.name] else { continue }
      filled += bytes[end..<tag.bytes.lowerBound] + Array(value.utf8)
      end = tag.bytes.upperBound
    }
    return String(decoding: filled + bytes[end...], as: UTF8.self)
  }
}
