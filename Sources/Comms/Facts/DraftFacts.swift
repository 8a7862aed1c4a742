import Incidents
import Values

/// A communication as it was when its editor was left.
package struct DraftSaved: Fact {
  package static let kind = "draft.saved"
  package let draft: String
  /// The name of the template it came from.
  package let template: String?
  package let audience: String
  package let stage: Stage
  /// Answers given for the template's fields.
  package let fields: [String: String]
  package let subject: String
  package let text: String
  /// Whose folder its template and its deliveries come from, where no incident tells.
  package var system: String? = nil
  /// Who gets a copy each; nil where it goes to all alike.
  package var recipients: [Recipient]? = nil
}

package struct DraftDiscarded: Fact {
  package static let kind = "draft.discarded"
  package let draft: String
  package let reason: String?
}

/// Somebody stands for the text as it is; another text needs another approval.
package struct DraftApproved: Fact {
  package static let kind = "draft.approved"
  package let draft: String
  /// SHA-256 of subject, newline, text; lower-case hex.
  package let textDigest: String
  /// The roles that whoever approved had then.
  package var roles: [String]? = nil
}

/// An update went out.
package struct UpdateSent: Fact {
  package static let kind = "update.sent"

  package enum Means: String, Codable, Sendable {
    case delivery, hand
  }

  package let draft: String
  package let audience: String
  package let stage: Stage
  package let subject: String
  package let text: String
  /// Names of deliveries, or where it was pasted by hand.
  package let destinations: [String]
  /// The promise.
  package let nextUpdate: Instant?
  /// Count and head of the journal when it was written, `1042·9f3a61c2`.
  package let head: String
  package let how: Means
  /// Why it went out although the check found errors.
  package let despite: String?
  /// One for each recipient, as they got it; nil where it went to all alike.
  package var copies: [Copy]? = nil

  package struct Copy: Codable, Equatable, Sendable {
    package let recipient: String
    package let subject: String
    package let text: String
  }
}
