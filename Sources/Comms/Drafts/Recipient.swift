import Values

/// One of several who get the same draft, each with their own fields filled: a tenant, or a system's users.
package struct Recipient: Codable, Equatable, Sendable {
  package let name: String
  /// What their copy fills in, beside `recipient`, which is their name.
  package let fields: [String: String]
  /// The system whose folder says where their copy goes; nil is that of the draft.
  package let system: String?

  package init(_ name: String, fields: [String: String] = [:], system: String? = nil) {
    self.name = name
    self.fields = fields
    self.system = system
  }

  /// One whose copy goes by a system's folder: with its title and its links in their fields, as far as they have none of
  /// that name themselves. The field `system`, where it names the folder, becomes the title.
  package func addressed(to system: String, title: String, links: [String: String]) -> Recipient {
    var all = ["system": title, "systems": title]
    for (name, link) in links { all["links.\(name)"] = link }
    all.merge(fields.filter { $0.key != "system" || $0.value != system }) { $1 }
    return Recipient(name, fields: all, system: system)
  }

  /// `text` with this one's fields in place of their `{{name}}`, in one pass: what a value holds is text.
  package func filling(_ text: String) -> String {
    var all = fields
    all["recipient"] = name
    return Unfilled.filling(text, with: all)
  }
}

/// A draft as one recipient gets it.
package struct DraftCopy: Equatable, Sendable {
  /// Nil where the draft goes to all alike.
  package let recipient: String?
  package let subject: String
  package let text: String
  /// The system whose folder says where it goes; nil is that of the draft.
  package var system: String?
}

extension Draft {
  /// What goes out: one text, or one for each recipient.
  package var copies: [DraftCopy] {
    guard !recipients.isEmpty else { return [DraftCopy(recipient: nil, subject: subject, text: text)] }
    return recipients.map { one in
      DraftCopy(
        recipient: one.name, subject: one.filling(subject).onOneLine, text: one.filling(text),
        system: one.system)
    }
  }

  /// What an approval stands for, as the bytes that its digest is made of: subject, newline, text, and each
  /// recipient with their fields.
  package var approvedBytes: [UInt8] {
    Self.approvedBytes(subject: subject, text: text, recipients: recipients)
  }

  /// The same of what is about to be saved.
  package static func approvedBytes(subject: String, text: String, recipients: [Recipient]) -> [UInt8] {
    let whom = recipients.map { one in
      let fields = one.fields.sorted { $0.key < $1.key }.map { "\n\($0.key)=\($0.value)" }.joined()
      return "\n\n\(one.name)\(fields)"
    }
    return Array("\(subject)\n\(text)\(whom.joined())".utf8)
  }
}
