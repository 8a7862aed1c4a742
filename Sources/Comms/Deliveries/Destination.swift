/// What a system's folder says of one delivery, without secrets: its address and tokens are read when it goes.
package struct Destination: Codable, Equatable, Hashable, Sendable {
  package let name: String
  package let kind: String
  /// Where it goes, as it may be shown: secrets are masked.
  package let shown: String
  /// Whether the destination tells its subscribers.
  package var notifies = true
  /// Mailboxes, as `ops@example.com` or `Ops <ops@example.com>`.
  package var from: String?
  package var to: [String] = []
  package var cc: [String] = []
  /// Who gets a mail without standing in it.
  package var bcc: [String] = []
  /// The JSON body's names and Mustache texts, for a webhook.
  package var fields: [Field] = []
  /// Of a webhook's request.
  package var method = "POST"
  /// Ids of what a status page shows as affected.
  package var components: [String] = []

  package struct Field: Codable, Equatable, Hashable, Sendable {
    package let name: String
    package let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  package init(
    name: String, kind: String, shown: String, notifies: Bool = true, from: String? = nil, to: [String] = [],
    fields: [Field] = []
  ) {
    self.name = name
    self.kind = kind
    self.shown = shown
    self.notifies = notifies
    self.from = from
    self.to = to
    self.fields = fields
  }
}
