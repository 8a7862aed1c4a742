import Incidents
import Values

/// What another house calls what we call subject, state and so on: the columns of its CSV file, or the paths of its
/// JSON, and its words for ours.
package struct ExchangeMapping: Hashable, Sendable {
  /// Where one of our fields comes from.
  package struct Origin: Hashable, Sendable {
    /// A column, or a path such as `requester.email`.
    package var place: String
    /// Its words and ours.
    package var values: [String: String] = [:]
    /// For what is absent or empty.
    package var fallback: String?

    package init(_ place: String, values: [String: String] = [:], fallback: String? = nil) {
      self.place = place
      self.values = values
      self.fallback = fallback
    }
  }

  /// Our fields of a ticket and of a comment, in the order of exports.
  package static let ticketFields = [
    "source", "id", "subject", "requester", "tenant", "system", "state", "priority", "severity", "assignee",
    "tags", "opened", "changed", "text",
  ]
  package static let commentFields = ["id", "at", "public", "customer", "author", "text"]

  /// Names the other house: with the id there it makes taking in twice harmless.
  package var source: String?
  /// Of JSON: where the list stands.
  package var items: [String]?
  package var separator: Character?
  package var fields: [String: Origin] = [:]
  /// Of JSON: where a ticket's comments stand.
  package var commentsAt = "comments"
  package var comments: [String: Origin] = [:]

  package init() {}

  /// As our own exports have it.
  package static let ours: ExchangeMapping = {
    var mapping = ExchangeMapping()
    for name in ticketFields { mapping.fields[name] = Origin(name) }
    for name in commentFields { mapping.comments[name] = Origin(name) }
    return mapping
  }()

  /// The column of a comment's field in our own CSV.
  static func column(ofComment name: String) -> String { "comment_\(name)" }

  /// What the other house says for one of our words; the word itself where it has no other.
  package func theirs(_ value: String, of field: String) -> String {
    fields[field]?.values.filter { $0.value == value }.keys.min() ?? value
  }
}
