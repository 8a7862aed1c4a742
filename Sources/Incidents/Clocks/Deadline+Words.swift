import Values

/// A deadline in words; times in UTC.
extension Deadline {
  /// As a bar says it: `update to users`, `L2`, `mitigate`.
  package var label: String {
    if case .callOut = name { return "call-out" }
    return title
  }

  /// What is to happen, and when: `L2 at 03:20Z, secondary: Look deeper into the pattern of the errors`.
  package var sentence: String {
    let owner = who.map { ", \($0)" } ?? ""
    switch name {
    case .clock: return "\(title) by \(dueText)"
    case .rung: return "\(title) at \(dueText)\(owner)\(asks.map { ": \($0)" } ?? "")"
    case .update: return "\(title) by \(dueText)\(isPromised ? ", as promised" : "")"
    case .callOut:
      return "\(title) by \(dueText)\(from.map { ": nobody has written since \($0.minuteUTC)" } ?? "")"
    case .task: return "\(title) by \(dueText)\(owner)"
    case .followUp: return "\(title) by \(dueText)"
    }
  }

  /// `running`, `overdue`, `met`, `snoozed`, `dismissed`.
  package func word(at now: Instant) -> String {
    switch state(at: now) {
    case .running: "running"
    case .overdue: "overdue"
    case .met: "met"
    case .snoozed: "snoozed"
    case .dismissed: "dismissed"
    }
  }

  /// How it stands: `in 2m10s`, `overdue by 12s`, `met at 03:18Z`, `snoozed until 03:30Z`, `dismissed by ops1: …`.
  package func standing(at now: Instant) -> String {
    let length = Span.seconds(abs((due - now).milliseconds / 1000)).short
    switch state(at: now) {
    case .running: return "in \(length)"
    case .overdue: return "overdue by \(length)"
    case .met(let by):
      let late = by > due ? ", \(Span.seconds((by - due).milliseconds / 1000).short) late" : ""
      return "met at \(Self.text(of: by, from: due))\(late)"
    case .snoozed(let until): return "snoozed until \(Self.text(of: until, from: due))\(reason)"
    case .dismissed: return "dismissed by \(mark?.by ?? "somebody")\(reason)"
    }
  }

  private var reason: String { mark?.reason.map { ": \($0)" } ?? "" }

  /// With its date where the time of day alone would be another day's.
  private var dueText: String { Self.text(of: due, from: from ?? due) }

  private static func text(of instant: Instant, from reference: Instant) -> String {
    let length = instant - reference
    return length < .hours(12) && length > .hours(-12)
      ? instant.minuteUTC : "\(instant.dateClockUTC.prefix(16))Z"
  }
}
