import Foundation
import Incidents
import Values

/// The words for each kind of event; one place, so that screens and exports agree.
extension Timeline {
  /// Nil for events that are no line of a timeline (bookkeeping of clocks met by another line's act).
  static func wording(of event: Event) -> Wording? {
    if event.body == nil { return Wording(.unknown, "?", "erased", "\(event.kind): its text was erased") }
    for reader in readers {
      if let wording = reader(event) { return wording }
    }
    return unknown(event)
  }

  /// Each knows kinds that no other knows.
  static let readers: [@Sendable (Event) -> Wording?] = [
    alertWording, mutingWording, endpointWording, incidentWording, taskWording, retroWording, linkWording,
    ticketWording, clockWording, runWording, evidenceWording, seriesWording, commsWording, noteWording,
    deliveryWording,
    journalWording,
  ]

  private static func alertWording(_ event: Event) -> Wording? {
    TimelineReading.AlertTurn(event).map(wording)
  }

  static func wording(of turn: TimelineReading.AlertTurn) -> Wording {
    switch turn {
    case .fired(let fact):
      let tone: TimelineLine.Tone = fact.level == .page ? .page : fact.level == .warn ? .warn : .info
      let sign = fact.level == .page ? "●" : fact.level == .warn ? "▲" : "i"
      let figures = figures(fact).map { ", \($0)" } ?? fact.summary.map { ": \($0)" } ?? ""
      let muted = fact.mutedBy.map { " (not heard: \($0))" } ?? ""
      return Wording(
        tone, sign, "alert", "\(fact.rule) firing\(figures) on \(fact.system)\(muted)", detail: fact.summary)
    case .ended(let fact):
      // Of a condition that holds no more only the last figure is known; of an endpoint none is of use.
      let endpoint = fact.labels["endpoint"].map { " \($0)" } ?? ""
      let last = fact.value.map { ", last \(Figure($0, unit: fact.unit ?? .none))" }
      let figure = endpoint.isEmpty ? last ?? "" : ""
      switch fact.how {
      case .recovered:
        return Wording(.good, "✓", "alert", "\(fact.rule)\(endpoint) recovered\(figure) on \(fact.system)")
      case .noData:
        return Wording(.unknown, "?", "alert", "\(fact.rule) ended: no data on \(fact.system)")
      case .ruleGone: return Wording(.plain, "·", "alert", "\(fact.rule) ended: its rule is gone")
      case .maintenance: return Wording(.plain, "‖", "alert", "\(fact.rule) ended: maintenance")
      }
    }
  }

  private static func endpointWording(_ event: Event) -> Wording? {
    if let fact = event.fact(RemoteChanged.self) {
      if fact.remote == "connection" {
        return fact.state == RemoteChanged.reachable
          ? Wording(.good, "✓", "connection", "our own connection is back, as \(fact.system) sees it")
          : Wording(
            .unknown, "?", "connection",
            "our own connection is gone, as \(fact.system) sees it: \(fact.reason ?? "no check answers")")
      }
      // What of them could not be taken in or told, though their house answers.
      if fact.remote == "tickets in and out" {
        return fact.state == RemoteChanged.reachable
          ? Wording(.good, "✓", "tickets", "all tickets of \(fact.system) are taken in and told again")
          : Wording(
            .bad, "✖", "tickets", "not all tickets of \(fact.system) go through: \(fact.reason ?? "")")
      }
      let name = "\(fact.remote) of \(fact.system)"
      return fact.state == RemoteChanged.reachable
        ? Wording(.good, "✓", "remote", "\(name) answers: \(fact.server)")
        : Wording(.bad, "✖", "remote", "\(name) is lost: \(fact.reason ?? fact.server)")
    }
    guard let fact = event.fact(EndpointChanged.self) else { return nil }
    let name = "\(fact.system) \(fact.endpoint)"
    let why = fact.reason.map { ": \($0)" } ?? ""
    switch fact.to {
    case "up": return Wording(.good, "✓", "endpoint", "\(name) is up")
    case "down": return Wording(.bad, "✖", "endpoint", "\(name) is down\(why)")
    case "maintenance": return Wording(.plain, "‖", "endpoint", "\(name) is in maintenance\(why)")
    case "blocked":
      let by = fact.blockedBy.map { " by \($0)" } ?? ""
      return Wording(.unknown, "?", "endpoint", "\(name) is blocked\(by)\(why)")
    case "stale", "unknown":
      return Wording(.unknown, "?", "endpoint", "\(name) is \(fact.to)\(why)")
    default: return Wording(.plain, "·", "endpoint", "\(name) is \(fact.to)\(why)")
    }
  }

  private static func noteWording(_ event: Event) -> Wording? {
    if let fact = event.fact(NoteAdded.self) { return Wording(.note, "✎", "note", fact.text) }
    if let fact = event.fact(EventErased.self) {
      let parts = fact.parts.map { $0 == "body" ? "its text" : $0.hasPrefix("blob:") ? "an output" : $0 }
      return Wording(
        .plain, "·", "erased", "an entry was erased\(reason(fact.reason))",
        detail: "What went: \(parts.joined(separator: ", ")).\nthe event \(fact.target)")
    }
    return event.fact(EventRetracted.self).map {
      Wording(.plain, "·", "retracted", "an entry was taken back: \($0.reason)")
    }
  }

  private static func journalWording(_ event: Event) -> Wording? {
    if let fact = event.fact(JournalOpened.self) {
      let before = fact.headOf.map { ", going on from event \($0.count)" } ?? ""
      return Wording(.plain, "·", "journal", "\(fact.name) begun\(before)")
    }
    if let fact = event.fact(JournalMerged.self) {
      return Wording(
        .plain, "·", "journal",
        "\(fact.count) events of the journal \(fact.origin) taken in, up to \(fact.head.prefix(8))")
    }
    if let fact = event.fact(EngineTook.self) {
      return Wording(.plain, "·", "engine", "process \(fact.pid) took the watch, epoch \(fact.epoch)")
    }
    if let fact = event.fact(ExportMade.self) {
      return Wording(
        .plain, "·", "export", "\(fact.format) written at \(fact.count)·\(fact.head.prefix(8))")
    }
    if let fact = event.fact(RoutineDone.self) {
      let how = fact.run.map { "with \($0)" } ?? fact.reason ?? fact.evidence?.file ?? ""
      return Wording(.good, "✓", "routine", "\(fact.routine) of \(fact.system): \(how)")
    }
    if let fact = event.fact(OccasionTold.self) {
      let note = fact.note.map { ": \($0)" } ?? ""
      return Wording(.plain, "·", fact.occasion.rawValue, "\(fact.system)\(note)")
    }
    if let fact = event.fact(SystemLoaded.self) {
      let problems = fact.problems == 0 ? "" : ", \(fact.problems) problems"
      return Wording(.plain, "·", "system", "\(fact.system) loaded\(problems)")
    }
    return event.fact(SystemTrusted.self).map {
      Wording(.plain, "·", "trusted", "\($0.system) as \($0.digest.prefix(8))")
    }
  }

  static func unknown(_ event: Event) -> Wording {
    Wording(.plain, "·", event.kind, event.body.map { String(decoding: $0, as: UTF8.self) } ?? "")
  }

  static func figures(_ fact: AlertFired) -> String? {
    guard let value = fact.value else { return nil }
    let unit = fact.unit ?? .none
    guard let sign = fact.sign, let threshold = fact.threshold else {
      return Figure(value, unit: unit).description
    }
    return "\(Figure(value, unit: unit)) \(readable(sign)) \(Figure(threshold, unit: unit))"
  }

  /// `≥` for `>=`; what is not a comparison stays.
  package static func readable(_ sign: String) -> String {
    ["<=": "≤", ">=": "≥", "!=": "≠", "==": "="][sign] ?? sign
  }

  static func reason(_ text: String?) -> String { text.map { $0.isEmpty ? "" : ": \($0)" } ?? "" }
}
