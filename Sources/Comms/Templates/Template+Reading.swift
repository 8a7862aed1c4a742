import Documents
import Incidents
import Values

extension Template {
  /// Reads `comms/*.md`. Nil when something keeps it from being used; `problems` say what, all at once.
  package init?(_ source: String, file: String, problems: inout [Problem]) {
    var found: [Problem] = []
    let front = FrontMatter(source, file: file, problems: &found)
    let hasFront = front.document?.root.map { !$0.isNull } ?? false
    if !hasFront, found.isEmpty {
      found.append(
        Problem(
          "a template begins with its front matter, and this file has none",
          remedy: "write `---`, `audience: …`, `stage: …`, `subject: …`, `---`", file: file))
    }
    var reader = YAMLReader(front.document?.root, file: file, of: "a template")
    let audience = hasFront ? reader.requiredString("audience") : nil
    let subject = (hasFront ? reader.requiredString("subject") : nil) ?? ""
    if hasFront, !reader.has("stage") {
      reader.complain("a template has no stage", remedy: "add `stage: …`", at: reader.position)
    }
    stages = reader.choices("stage", of: Stage.self)
    severities = reader.choices("severity", of: Severity.self)
    channels = reader.strings("channel")
    allowsVague = reader.bool("vague") ?? false
    limit = reader.integer("limit", in: 1...1_000_000)
    variables = reader.variables()
    let subjectPosition = reader.node("subject")?.position ?? reader.position
    found += reader.finish()
    var text = front.body
    while text.hasSuffix("\n") { text.removeLast() }
    while text.hasPrefix("\n") { text.removeFirst() }
    let skipped = front.body.prefix { $0 == "\n" }.count
    subjectBody = TemplateBody(subject, file: file, at: subjectPosition, problems: &found)
    textBody = TemplateBody(
      text, file: file, at: Position(line: front.bodyLine + skipped, column: 1), problems: &found)
    self.file = file
    self.audience = audience ?? ""
    self.subject = subject
    self.text = text
    names = (subjectBody.names + textBody.names).uniqued
    problems += found
    if found.contains(where: { $0.weight == .error }) { return nil }
  }
}

extension YAMLReader {
  /// One word or a list of words out of a closed set; absent is empty.
  fileprivate mutating func choices<T: RawRepresentable & CaseIterable>(_ name: String, of type: T.Type)
    -> [T]
  where T.RawValue == String {
    strings(name).compactMap { word in
      if let known = T(rawValue: word) { return known }
      complain(
        "\(name) has no \"\(Inert.terminal(word))\"",
        remedy: "write one of \(T.allCases.map(\.rawValue).joined(separator: ", "))",
        at: node(name)?.position ?? position(of: name))
      return nil
    }
  }
}

extension StringProtocol {
  /// Without blanks and line ends around it.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}

extension [String] {
  /// Each once, in order.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
