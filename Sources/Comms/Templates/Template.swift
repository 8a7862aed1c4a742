import Incidents
import Mustache
import Values

/// A communication with holes: front matter and a Mustache body.
package struct Template: Sendable {
  package let file: String
  /// `users`, `internal`, `executives`, `support`, `status`, or a word of the system's.
  package let audience: String
  package let stages: [Stage]
  /// Empty: all.
  package let severities: [Severity]
  /// Names of deliveries; empty: copied by hand.
  package let channels: [String]
  package let subject: String
  package let text: String
  /// Whether what is written with it may say "soon" outside the house.
  package let allowsVague: Bool
  /// In characters; nil is the destination's own.
  package let limit: Int?
  package let variables: [Variable]
  /// Names that the subject and the text show, each once, in order; a section's name is not among them.
  package let names: [String]

  let subjectBody: TemplateBody
  let textBody: TemplateBody

  /// The file's name without folder and `.md`.
  package var name: String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.hasSuffix(".md") ? String(last.dropLast(3)) : last
  }

  /// Whether it goes out of the house: all but internal and executive audiences do.
  package var isOutward: Bool { Audience.isOutward(audience) }

  /// Whether what is written with it may say when it will work again: it asks for an `eta`, and is meant for
  /// the severity.
  package func allowsEstimate(for severity: Severity?) -> Bool {
    let isMeant = severities.isEmpty || severity.map { severities.contains($0) } ?? false
    return isMeant && variables.contains { $0.name == "eta" }
  }
}

/// Who an update is for.
package enum Audience {
  package static func isOutward(_ audience: String) -> Bool {
    !["internal", "executives"].contains(audience.lowercased())
  }
}
