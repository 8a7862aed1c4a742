/// The playbook that helps with an alert, the section in it, and how it was found.
package struct AlertPlaybook: Equatable, Sendable {
  package enum Way: String, Equatable, Sendable {
    /// The alert names it: `high-error-rate#recover`.
    case name
    /// The alert has the address of its runbook, and that is a file of the folder.
    case address
    /// Its front matter lists the alert.
    case frontMatter
    /// Its title, or one of its headings, says what the rule's name says.
    case title
  }

  package let document: PlaybookDocument
  /// Nil for the whole of it.
  package let anchor: String?
  package let way: Way

  /// Nil when no playbook is meant for the alert beyond doubt. O(headings).
  ///
  /// - Parameters:
  ///   - rule: the name of the alert's rule.
  ///   - references: what the alert names, first the annotation `playbook`, then `runbook_url`; each a name, a path or
  ///     an address, with or without `#section`.
  ///   - services: what its labels `service` and `job` say: of several playbooks that would do, the one for that service
  ///     is meant.
  ///   - documents: of the alert's system.
  package init?(
    of rule: String, references: [String?], services: [String] = [], in documents: [PlaybookDocument]
  ) {
    for reference in references {
      guard let reference, let (document, anchor, way) = Self.named(reference, in: documents) else {
        continue
      }
      self.init(document, anchor ?? HeadingMatch.section(for: rule, in: document), way)
      return
    }
    let listed = documents.filter { $0.settings.alerts.contains(rule) }
    if let document = listed.first(where: { $0.isFor(services) }) ?? listed.first {
      self.init(document, HeadingMatch.section(for: rule, in: document), .frontMatter)
      return
    }
    guard let (document, anchor) = HeadingMatch.place(for: rule, services: services, in: documents) else {
      return nil
    }
    self.init(document, anchor, .title)
  }

  /// What an alert's labels say of the service that it is about.
  package static func services(in labels: [String: String]) -> [String] {
    ["service", "job"].compactMap { labels[$0] }.filter { !$0.isEmpty }
  }

  private init(_ document: PlaybookDocument, _ anchor: String?, _ way: Way) {
    self.document = document
    self.anchor = anchor
    self.way = way
  }

  /// The document whose name a reference is or ends in, and the section whose anchor follows its `#`.
  private static func named(
    _ text: String, in documents: [PlaybookDocument]
  ) -> (PlaybookDocument, anchor: String?, Way)? {
    let (address, fragment) = PlaybookDocument.reference(text.trimmed)
    let path = address.prefix { $0 != "?" }
    let parts = path.split(separator: "/").map { String($0).percentDecoded }
    guard let last = parts.last else { return nil }
    let name = last.withoutEnding
    let exact = documents.first { $0.name == name }
    let alike = documents.filter { $0.name.lettersAndDigits == name.lettersAndDigits }
    // `High_Error_Rate.html` of a wiki, as long as there is one such file.
    guard let document = exact ?? (alike.count == 1 ? alike.first : nil) else { return nil }
    let anchor = fragment.flatMap { document.anchor(written: $0) }
    return (document, anchor, path.contains("/") ? .address : .name)
  }
}

extension PlaybookDocument {
  /// Whether its front matter names one of these services; letter case does not matter.
  func isFor(_ services: [String]) -> Bool {
    guard !services.isEmpty else { return false }
    let wanted = Set(services.map { $0.lowercased() })
    return settings.services.contains { wanted.contains($0.lowercased()) }
  }

  /// The anchor of this document that the part of an address after `#` means: as it stands, as a browser escapes it, or
  /// as a wiki makes it of the heading.
  fileprivate func anchor(written fragment: String) -> String? {
    var text = fragment.percentDecoded
    if text.hasPrefix("user-content-") { text.removeFirst("user-content-".count) }
    if section(anchor: text) != nil { return text }
    let slug = text.lowercased()
    if section(anchor: slug) != nil { return slug }
    let alike = sections.filter { $0.level > 0 && $0.anchor.lettersAndDigits == text.lettersAndDigits }
    return alike.count == 1 ? alike.first?.anchor : nil
  }
}

extension String {
  /// Without `.md` and its like.
  fileprivate var withoutEnding: String {
    for ending in [".md", ".markdown", ".html", ".htm"] where lowercased().hasSuffix(ending) {
      return String(dropLast(ending.count))
    }
    return self
  }

  /// Lower case, and nothing but letters and digits.
  fileprivate var lettersAndDigits: String { lowercased().filter { $0.isLetter || $0.isNumber } }

  /// `%20` as a space; what is no escape, or no UTF-8, stays.
  fileprivate var percentDecoded: String {
    guard contains("%") else { return self }
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2, let pair = String(rest.prefix(2)),
        let value = UInt8(pair, radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? self
  }
}
