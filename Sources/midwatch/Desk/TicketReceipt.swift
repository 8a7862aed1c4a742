import Desk
import Host
import Incidents
import Journal
import Values

/// What became of one ticket in an act on several.
struct TicketReceipt: Encodable {
  let ticket: String
  let isDone: Bool
  /// Why not.
  let refusal: String?
  /// What was written, one line an event.
  let lines: [String]
  /// As it is now; nil when there is none.
  let state: TicketState?
  let severity: Severity?
  let assignee: String?
  /// When its next clock is due.
  let due: Instant?

  private struct Document: Encodable {
    var schema = "midwatch.ticket_acts/1"
    let receipts: [TicketReceipt]
  }

  init(_ key: String, events: [Event] = [], refusal: String? = nil, in journal: Journal) {
    ticket = key
    isDone = refusal == nil
    self.refusal = refusal
    lines = events.compactMap { event in
      TicketLine(event).map { line in
        let text = line.kind == .change ? line.text : Self.written(line)
        return line.ticket == key ? text : "\(line.ticket): \(text)"
      }
    }
    let now = try? journal.entity(Ticket.self, key: key)
    state = now?.opened == nil ? nil : now?.state
    severity = now?.opened == nil ? nil : now?.severity
    assignee = now?.assignee
    due = now?.next?.due
  }

  private static func written(_ line: TicketLine) -> String {
    switch line.kind {
    case .customer: "\(line.by) wrote"
    case .reply: "replied, and the customer reads it"
    case .internal: "noted, and the customer does not see it"
    case .change: line.text
    }
  }

  /// What was done on standard output, what was refused on standard error.
  ///
  /// - Returns: whether all of it was done.
  static func tell(_ receipts: [TicketReceipt], as format: OutputFormat) throws -> Bool {
    if format == .json {
      try Standard.json(Document(receipts: receipts))
    } else {
      let rows = receipts.flatMap { one in
        one.isDone && one.lines.isEmpty
          ? [[one.ticket, "nothing new"]] : one.lines.map { [one.ticket, $0.firstLine] }
      }
      if !rows.isEmpty { Standard.out(Columns.text(rows)) }
      for one in receipts {
        guard let refusal = one.refusal else { continue }
        let isNamed = refusal.contains(one.ticket)
        Standard.error(isNamed ? refusal : "\(Inert.terminal(one.ticket)): \(refusal)")
      }
    }
    return receipts.allSatisfy(\.isDone)
  }
}

extension String {
  /// The first line, and a sign where there is more.
  var firstLine: String {
    let lines = split(whereSeparator: \.isNewline)
    return (lines.first.map(String.init) ?? "") + (lines.count > 1 ? " …" : "")
  }
}
