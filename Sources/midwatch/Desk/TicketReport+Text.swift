import Desk
import Incidents
import Values

/// The same for people.
extension TicketReport {
  func facts(at now: Instant) -> [[String]] {
    var rows = [["requester", requester]]
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { rows.append([name, value]) }
    }
    add("tenant", tenant)
    add("system", system)
    rows.append(["assignee", assignee ?? "nobody"])
    if priority != .normal { rows.append(["priority", priority.rawValue]) }
    add("tags", tags.joined(separator: ", "))
    add("incident", incidents.joined(separator: ", "))
    for clock in clocks { rows.append([clock.clock.rawValue, clock.words(at: now)]) }
    add("elsewhere", external)
    add("holds", absorbed.joined(separator: ", "))
    add("parts", parts.joined(separator: ", "))
    add("part of", splitFrom)
    for (field, other) in conflicts.sorted(by: { $0.key < $1.key }) {
      rows.append(["conflict", "\(field): the other house says \(other)"])
    }
    for likeness in likenesses {
      rows.append(["like it", "\(likeness.ticket) \(likeness.subject) (\(likeness.why))"])
    }
    return rows.map { ["  " + ($0.first ?? ""), $0.last ?? ""] }
  }
}

extension TicketReport.Clock {
  func words(at now: Instant) -> String {
    let left = leftSeconds.map { Span.seconds($0).inHours }
    let over = overSeconds.map { Span.seconds($0).inHours } ?? ""
    return switch (due, left, met) {
    case (_, _, let met?): "done \(met.dateClockUTC)\(isLate == true ? ", late" : "")"
    case (let due?, _?, _): "by \(due.dateClockUTC), \(TicketRow.away(due, at: now))"
    case (let due?, nil, _): "was due \(due.dateClockUTC), \(over) over"
    case (nil, let left?, _) where !why.isEmpty: "stands still (\(why.joined(separator: ", "))), \(left) left"
    case (nil, let left?, _): "\(left) left, and its calendar does not open again"
    default: ""
    }
  }
}

extension TicketReport.Line {
  /// One line for what changed; a head and the words under it for what was written.
  var text: String {
    let from = isOther ? " (\(ticket))" : ""
    let late = recorded > at && (recorded - at) >= .minutes(1) ? ", written down \(recorded.minuteUTC)" : ""
    let who = Inert.terminal(by)
    let head =
      switch kind {
      case TicketLine.Kind.customer.rawValue: "\(who) wrote"
      case TicketLine.Kind.reply.rawValue: "PUBLIC reply of \(who)"
      case TicketLine.Kind.internal.rawValue: "INTERNAL note of \(who), not shown to the customer"
      default: "· \(who): \(Inert.terminal(words))"
      }
    let first = "\(at.dateClockUTC)  \(head)\(from)\(late)"
    guard kind != TicketLine.Kind.change.rawValue else { return first }
    let mark = kind == TicketLine.Kind.internal.rawValue ? "  ▒ " : "    "
    let body = Inert.terminalKeepingLines(words).split(separator: "\n", omittingEmptySubsequences: false)
    let files = attachments.map { "\(mark)attached: \(Inert.terminal($0))" }
    let way = goes.map { ["    » \($0)"] } ?? []
    return ([first] + body.map { mark + $0 } + files + way).joined(separator: "\n")
  }
}
