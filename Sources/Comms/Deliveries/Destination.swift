/// What a system's folder says of one delivery, without secrets: its address and tokens are read when it goes.
package struct Destination: Codable, Equatable, Sendable {
  package let name: String
  package let kind: String
  /// Where it goes, as it may be shown: secrets are masked.
  package let shown: String
  /// Whether the destination tells its subscribers.
  package let notifies: Bool
  package let from: String?
  package let to: [String]
  /// The JSON body's names and Mustache texts, for a webhook.
  package let fields: [Field]

  package struct Field: Codable, Equatable, Sendable {
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
