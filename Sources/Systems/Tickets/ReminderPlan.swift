import Comms
import Desk
import Incidents
import Values

/// What deliveries with `on` are told of tickets whose clocks run out, of one system: the louder of their severities
/// and the quieter ones by the same levels as alerts.
package struct ReminderPlan: Sendable {
  /// A message, and the delivery that takes it.
  package struct Page: Equatable, Sendable {
    package let to: String
    package let message: DeliveryMessage
    /// The tickets that it is about.
    package let tickets: Set<String>
  }

  /// So many tickets a round each get a message of their own; more are counted in one.
  package static let mostApart = 5
  /// So many of those that are counted are named.
  private static let mostNamed = 10

  package let system: String
  package let pagers: [PagePlan.Pager]
  /// Of the journal: two may have a T-1 each.
  package let origin: String

  package init(system: String, pagers: [PagePlan.Pager], origin: String) {
    self.system = system
    self.pagers = pagers
    self.origin = origin
  }

  /// In the order in which they are to go.
  ///
  /// - Parameter reminders: all of one round, of this system; those of one ticket stand together.
  package func pages(of reminders: [TicketReminder], at now: Instant) -> [Page] {
    pagers.flatMap { pager -> [Page] in
      let heard = reminders.filter { Level($0.severity) >= pager.level }
      let byTicket = Self.grouped(heard)
      guard byTicket.count > Self.mostApart else {
        return byTicket.map { page(of: $0, to: pager, at: now) }
      }
      return [page(counting: byTicket, to: pager, at: now)]
    }
  }

  private static func grouped(_ reminders: [TicketReminder]) -> [[TicketReminder]] {
    var groups: [[TicketReminder]] = []
    for one in reminders {
      if groups.last?.first?.ticket == one.ticket {
        groups[groups.count - 1].append(one)
      } else {
        groups.append([one])
      }
    }
    return groups
  }

  // MARK: Words

  private func page(of reminders: [TicketReminder], to pager: PagePlan.Pager, at now: Instant) -> Page {
    let line = Self.line(reminders)
    let first = reminders.first
    let who = first?.assignee.map { "Assigned to \($0)." } ?? "Nobody has it."
    let key = first?.ticket ?? ""
    return page(
      to: pager, ticket: key, title: "\(key) \(first?.subject ?? "")", severity: first?.severity,
      subject: "\(system): \(line)",
      text: "\(line)\n\(who) `midwatch ticket show \(key)` has all of it.", of: reminders, at: now)
  }

  private func page(counting groups: [[TicketReminder]], to pager: PagePlan.Pager, at now: Instant) -> Page {
    let late = groups.filter { $0.contains { $0.occasion == .due } }
    let soon = groups.count - late.count
    let counts = [
      late.isEmpty ? nil : "\(late.count) overdue", soon == 0 ? nil : "\(soon) due soon",
    ]
    let subject = "\(system): \(groups.count) tickets: \(counts.compactMap { $0 }.joined(separator: ", "))"
    // The worst first, and what is due first.
    let worst = groups.sorted { Self.rank($0) < Self.rank($1) }
    let rest = groups.count - Self.mostNamed
    let lines =
      [subject] + worst.prefix(Self.mostNamed).map(Self.line) + (rest > 0 ? ["and \(rest) more"] : [])
      + ["`midwatch ticket list system:\(system)` has them, what breaches first."]
    return page(
      to: pager, ticket: nil, title: "\(groups.count) tickets", severity: worst.first?.first?.severity,
      subject: subject, text: lines.joined(separator: "\n"), of: groups.flatMap { $0 }, at: now)
  }

  /// `T-5 S1 Cannot pay: respond is overdue since …, resolve is due at …`; neither who asks nor what they wrote.
  private static func line(_ reminders: [TicketReminder]) -> String {
    guard let first = reminders.first else { return "" }
    return "\(first.ticket) \(first.severity.rawValue) \(first.subject): "
      + reminders.map(\.words).joined(separator: ", ")
  }

  private static func rank(_ reminders: [TicketReminder]) -> (Int, Int64, String) {
    let first = reminders.map(\.due).min()
    return (reminders.first?.severity.rank ?? 0, first?.milliseconds ?? 0, reminders.first?.ticket ?? "")
  }

  private func page(
    to pager: PagePlan.Pager, ticket: String?, title: String, severity: Severity?, subject: String,
    text: String, of reminders: [TicketReminder], at now: Instant
  ) -> Page {
    let told = reminders.map { "\($0.ticket) \($0.clock) \($0.occasion.rawValue) \($0.due.milliseconds)" }
    let key = HexDigest.of(Array(([origin] + told).joined(separator: "\n").utf8))
    return Page(
      to: pager.to,
      message: DeliveryMessage(
        key: String(key.prefix(16)), occasion: .reminded, system: system, title: title, severity: severity,
        subject: subject, text: text, started: nil, at: now, ticket: ticket, origin: origin),
      tickets: Set(reminders.map(\.ticket)))
  }
}

extension Level {
  /// How loud what is due of that severity is: as `bell` has it.
  package init(_ severity: Severity) {
    self =
      switch severity {
      case .s1: .page
      case .s2: .warn
      case .s3, .s4: .info
      }
  }
}

extension SystemFolder {
  /// Deliveries that hear of what goes by itself.
  package var pagers: [PagePlan.Pager] { pagePlan?.pagers ?? [] }
}
