import Desk
import Incidents
import Terminal

/// What is to be done to some tickets.
struct DeskWork: Equatable, Sendable {
  enum Change: Equatable, Sendable {
    /// A handle; empty gives them back.
    case assign(String)
    case severity(Severity)
    case state(TicketState, isOverride: Bool, reason: String?)
    case link(String)
    case unlink(String)
    case comment(String, isPublic: Bool)
    case beginMitigation
    case pause(String)
    case resume
    case merge(into: String)
    case tags([String])
    case unmerge(String)
    case split(subject: String, text: String)
    /// What is nil stays.
    case facts(subject: String?, priority: TicketPriority?, tenant: String?)
    case keep(field: String, ResolveConflict.Side)
    case attach([AttachmentPath])
  }

  let change: Change
  let tickets: [String]
  /// Comments that had been read, by ticket.
  var seen: [String: Int] = [:]
  /// Somebody was asked, and meant it.
  var isSure = false
}

extension DeskWork {
  func act(on key: String, hand: DeskHand) -> any Act {
    switch change {
    case .assign(let handle):
      var act = ChangeTicket(key, hand: hand)
      act.assignee = handle
      return act
    case .severity(let severity):
      var act = ChangeTicket(key, hand: hand)
      act.severity = severity
      return act
    case .tags(let tags):
      var act = ChangeTicket(key, hand: hand)
      act.tags = tags
      return act
    case .state(let state, let isOverride, let reason):
      return MoveTicket(key, to: state, reason: reason, isOverride: isOverride, hand: hand)
    case .link(let incident): return LinkTicket(key, to: incident, hand: hand)
    case .unlink(let incident): return UnlinkTicket(key, from: incident, hand: hand)
    case .comment(let text, let isPublic):
      var act = CommentTicket(key, text: text, isPublic: isPublic, hand: hand)
      act.seen = seen[key]
      return act
    case .beginMitigation: return BeginMitigation(key, hand: hand)
    case .pause(let reason): return PauseTicket(key, reason: reason, hand: hand)
    case .resume: return ResumeTicket(key, hand: hand)
    case .merge(let other): return MergeTicket(key, into: other, hand: hand)
    case .unmerge(let reason): return UnmergeTicket(key, reason: reason, hand: hand)
    case .split(let subject, let text): return SplitTicket(key, subject: subject, text: text, hand: hand)
    case .facts(let subject, let priority, let tenant):
      var act = ChangeTicket(key, hand: hand)
      (act.subject, act.priority, act.tenant) = (subject, priority, tenant)
      return act
    case .keep(let field, let side): return ResolveConflict(key, field: field, keep: side, hand: hand)
    case .attach(let paths):
      var act = CommentTicket(key, text: "", isPublic: false, hand: hand)
      act.attachments = paths
      return act
    }
  }

  /// Roles may be asked for it; nil is everybody's.
  var action: DeskPermissions.Action? {
    switch change {
    case .assign: .assign
    case .severity: .severity
    case .state(let state, let isOverride, _): isOverride ? .override : state == .closed ? .close : nil
    case .link, .unlink: .link
    case .comment(_, let isPublic): isPublic ? .public : .internal
    case .merge, .unmerge, .split: .merge
    case .attach: .internal
    case .beginMitigation, .pause, .resume, .tags, .facts, .keep: nil
    }
  }

  /// What is done, before "3 tickets" or a key: `assign to ops1:`.
  var verb: String {
    switch change {
    case .assign(let handle): handle.isEmpty ? "give back" : "assign to \(handle):"
    case .severity(let severity): "set to \(severity.rawValue):"
    case .state(let state, let isOverride, _): "\(isOverride ? "override" : "move") to \(state.rawValue):"
    case .link(let incident): "link to \(incident):"
    case .unlink(let incident): "unlink from \(incident):"
    case .comment(_, let isPublic): isPublic ? "reply to the customers of" : "comment internally on"
    case .beginMitigation: "say that mitigation has begun of"
    case .pause: "pause"
    case .resume: "resume"
    case .merge(let other): "merge into \(other):"
    case .tags: "tag"
    case .unmerge: "take the merge back of"
    case .split: "split"
    case .facts: "change"
    case .keep(let field, let side): "keep \(side.rawValue) \(field) of"
    case .attach(let paths): paths.count == 1 ? "attach a file to" : "attach \(paths.count) files to"
    }
  }

  /// What was done to one, for its toast or its receipt.
  func done(_ key: String, me: String) -> String {
    switch change {
    case .assign(let handle):
      handle.isEmpty ? "\(key) is nobody's" : "\(key) is \(handle == me ? "yours" : handle + "'s")"
    case .severity(let severity): "\(key) is \(severity.rawValue)"
    case .state(let state, _, _): "\(key) is \(state.rawValue)"
    case .link(let incident): "\(key) is linked to \(incident)"
    case .unlink(let incident): "\(key) is no longer linked to \(incident)"
    case .comment(_, let isPublic):
      isPublic ? "\(key): the reply is public" : "\(key): internal comment written"
    case .beginMitigation: "\(key): mitigation has begun"
    case .pause: "\(key): the clocks stand still"
    case .resume: "\(key): the clocks go on"
    case .merge(let other): "\(key) is merged into \(other)"
    case .tags(let tags):
      tags.isEmpty ? "\(key) has no tags" : "\(key) is tagged \(tags.joined(separator: " "))"
    case .unmerge: "\(key) is open again"
    case .split: "split off \(key)"
    case .facts: "\(key) is changed"
    case .keep(let field, let side):
      side == .ours ? "\(key): \(field) stays as it is here" : "\(key): \(field) is as the other house has it"
    case .attach(let paths): "\(key): \(paths.count == 1 ? "a file is" : "\(paths.count) files are") attached"
    }
  }
}

/// One thing done to several tickets: a receipt for each.
struct DeskBatch: Sendable {
  struct Receipt: Sendable {
    let ticket: String
    /// Why not; nil when it was done.
    let refusal: String?
  }

  let work: DeskWork
  var receipts: [Receipt] = []

  var isOver: Bool { receipts.count >= work.tickets.count }

  /// What became of each, in the order of the tickets.
  func page(me: String) -> TextPage {
    let refused = receipts.count { $0.refusal != nil }
    let done = receipts.count - refused
    let title = "\(work.verb) \(done) done" + (refused > 0 ? ", \(refused) refused" : "")
    let byTicket = Dictionary(receipts.map { ($0.ticket, $0) }, uniquingKeysWith: { first, _ in first })
    let lines = work.tickets.compactMap { key -> (String, Style)? in
      guard let receipt = byTicket[key] else { return nil }
      guard let refusal = receipt.refusal else {
        return ("\(Sign.done.glyph) \(work.done(key, me: me))", .up)
      }
      return ("\(Sign.failed.glyph) \(key): \(refusal)", .down)
    }
    return TextPage(title: title, lines: lines)
  }
}
