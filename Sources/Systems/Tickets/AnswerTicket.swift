import Desk
import Incidents
import Values

/// A comment, and the mail as which a public one goes out by its ticket's own folder. The ticket is looked at when
/// it is decided, so that whoever writes on many needs to have read none of them.
package struct AnswerTicket: Act {
  package let comment: CommentTicket
  /// By system.
  let folders: [String: SystemFolder]
  /// Of the act: the same for each try, another for each reply.
  let key: String

  package init(_ comment: CommentTicket, folders: [String: SystemFolder], key: String) {
    self.comment = comment
    self.folders = folders
    self.key = key
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard comment.isPublic, let ticket = try record.entity(Ticket.self, comment.ticket),
      let folder = ticket.system.flatMap({ folders[$0] })
    else { return try comment.decide(by: actor, at: now, in: record) }
    return try folder.answer(comment, on: ticket, key: key, at: now).decide(by: actor, at: now, in: record)
  }
}
