import Values

/// Where updates can go. Read and shown; nothing is sent before the folder is trusted.
package struct Delivery: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case statuspage, webhook, slack, pagerduty, smtp, file, cstate, command
  }

  package let name: String
  package let kind: Kind
  /// A URL, host, path or key; for a command its words joined by spaces.
  package let destination: SecretText
  /// The words of a command; empty for other kinds.
  package let command: [String]
  package let token: SecretText?
  package let bearer: SecretText?
  /// Whether the destination tells its subscribers.
  package let notifies: Bool
  /// The role that must approve.
  package let approval: String?
  /// Goes by itself for alerts of this level and louder.
  package let on: Level?
  package let from: String?
  package let to: [String]
  /// The JSON body: names and Mustache texts.
  package let json: [Field]

  package struct Field: Hashable, Sendable {
    package let name: String
    package let text: String
  }
}
