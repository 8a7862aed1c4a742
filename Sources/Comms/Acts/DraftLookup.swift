import Incidents
import Values

extension Record {
  /// The draft of that key while it can be worked on, or a refusal.
  func openDraft(_ key: String) throws -> Draft {
    guard let draft = try entity(Draft.self, key), draft.begun != nil else {
      throw Refusal("There is no draft \(Inert.terminal(key)).")
    }
    if let sent = draft.sent {
      throw Refusal("\(key) was sent by \(sent.by) at \(sent.at.minuteUTC); write a new one.")
    }
    if let discarded = draft.discarded {
      throw Refusal("\(key) was discarded by \(discarded.by) at \(discarded.at.minuteUTC).")
    }
    return draft
  }
}
