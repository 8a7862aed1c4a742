import Comms
import Desk
import Incidents
import Values

/// What became of a public reply: how it goes to whoever asked, and how far it is.
package struct ReplyFate: Hashable, Sendable {
  package enum Standing: Hashable, Sendable {
    /// Nothing is queued: no engine looked at it yet, or it goes nowhere.
    case waiting
    case queued, underway
    /// What was answered.
    case sent(String?)
    /// Why, as a sentence; until when, and nil until a person has it tried again.
    case failed(String, again: Instant?)
    /// Nobody can tell whether it arrived.
    case unknown(String)
    /// A person took it there, or closed it.
    case settled(String?)
  }

  /// The event that wrote it.
  package let comment: String
  package let way: ReplyWay
  package let standing: Standing
  /// Of the last change of ``standing``.
  package let at: Instant?

  /// Whether the customer may not have it, and nothing happens before a person does something.
  package var needsPerson: Bool {
    switch standing {
    case .waiting: way.isNowhere
    case .failed(_, let again): again == nil
    case .unknown: true
    case .queued, .underway, .sent, .settled: false
    }
  }

  /// In one line, safe for a terminal: `by mail to eve@example.com: sent`.
  package var words: String {
    let place =
      switch way {
      case .house(let name): "to \(Inert.terminal(name))"
      case .mail(let address): "by mail to \(Inert.terminal(address))"
      case .nowhere(let why): "goes nowhere: \(Inert.terminal(why))"
      }
    switch standing {
    case .waiting: return way.isNowhere ? place : "\(place): waits for an engine"
    case .queued: return "\(place): queued"
    case .underway: return "\(place): under way"
    case .sent: return "\(place): sent"
    case .failed(let why, let again):
      let then = again.map { "again at \($0.minuteUTC)" } ?? "`midwatch update retry` tries it again"
      return "\(place): NOT sent: \(Inert.terminal(why)) (\(then))"
    case .unknown(let why): return "\(place): nobody knows whether it arrived: \(Inert.terminal(why))"
    case .settled(let why): return "\(place): closed by hand\(why.map { ": \(Inert.terminal($0))" } ?? "")"
    }
  }
}

extension ReplyFate {
  /// Of every public reply of ours on one ticket, by the event that wrote it; what another house wrote has none.
  ///
  /// - Parameters:
  ///   - events: the ticket's own, oldest first, those of deliveries among them.
  ///   - folder: of its system; nil where there is none here.
  package static func all(of ticket: Ticket, events: [Event], folder: SystemFolder?) -> [String: ReplyFate] {
    let events = events.filter { $0.ticket == ticket.key }.sorted { $0.seq < $1.seq }
    var records: [String: DeliveryRecord] = [:]
    // A mail is queued with the words that it carries.
    var carried: [String: String] = [:]
    var replies: [String] = []
    var last: Event?
    var there: Set<String> = []
    for event in events {
      if let fact = event.fact(TicketCommented.self) {
        let isOurs = fact.isPublic && fact.customer == nil && fact.external == nil
        if isOurs { replies.append(event.id) }
        last = isOurs ? event : nil
      }
      there.formUnion((event.fact(TicketSynced.self)?.comments ?? [:]).values)
      for key in DeliveryRecord.keys(of: event) {
        records[key, default: DeliveryRecord(key: key)].apply(event)
        if let queued = event.fact(DeliveryQueued.self), queued.to != TicketSource.outlet,
          queued.occasion == .update, let last, last.recorded == event.recorded
        {
          carried[last.id] = key
        }
      }
    }
    let told = Dictionary(
      records.values.filter { $0.to == TicketSource.outlet }.map { ($0.sendKey, $0) },
      uniquingKeysWith: { $1 })
    let now = folder?.replyWay(of: ticket) ?? .nowhere("there is no folder of its system here")
    let owed = Set(ticket.owed.map(\.id))
    var fates: [String: ReplyFate] = [:]
    for id in replies {
      let house = ticket.external.map { ReplyWay.house($0.source) } ?? now
      if let record = told[id] {
        fates[id] = ReplyFate(comment: id, way: house, standing: Standing(record), at: record.changedAt)
      } else if let record = carried[id].flatMap({ records[$0] }) {
        fates[id] = ReplyFate(
          comment: id, way: .mail(record.destination), standing: Standing(record), at: record.changedAt)
      } else if there.contains(id) {
        fates[id] = ReplyFate(comment: id, way: house, standing: .sent(nil), at: nil)
      } else if case .mail = now {
        // A mail is queued with its words, or never.
        fates[id] = ReplyFate(
          comment: id, way: .nowhere("no mail was queued when it was written"), standing: .waiting, at: nil)
      } else if case .house = now, ticket.external != nil, !owed.contains(id) {
        fates[id] = ReplyFate(
          comment: id, way: .nowhere("no house was told when it was written"), standing: .waiting, at: nil)
      } else {
        fates[id] = ReplyFate(comment: id, way: now, standing: .waiting, at: nil)
      }
    }
    return fates
  }
}

extension ReplyFate.Standing {
  init(_ record: DeliveryRecord) {
    let why = record.reason ?? "nobody said why"
    self =
      switch record.state {
      case .queued: .queued
      case .claimed: .underway
      case .sent: .sent(record.receipt)
      case .failed: .failed(why, again: record.retryAt)
      case .unknown: .unknown(why)
      case .copied: .settled(record.reason)
      }
  }
}
