import Values

/// A hole in the engine's time: the wall clock was set, the machine slept, or the process stood still.
///
/// Timers are carried over it by ``shift``, so that neither time that nobody watched nor time that never passed
/// makes an alert fire, and silence of ours is not taken for silence of an endpoint.
package struct Gap: Equatable, Sendable {
  /// How far the wall clock was set: forward, or back when negative.
  package let jump: Span
  /// How long nothing was polled and evaluated.
  package let missed: Span
  /// Whether the machine was asleep then; else the process stood still.
  package let isSleep: Bool

  /// Below this, clocks merely disagree.
  private static let noticed = Span.seconds(1)
  /// A process that is late by so much was stopped, not slow.
  private static let patience = Span.seconds(10)
  /// From here on what was known before says little about now.
  private static let long = Span.seconds(30)

  /// Nil when time went on as it should.
  ///
  /// - Parameter due: when the engine wanted to be called next, as of `before`.
  init?(from before: Moment, to now: Moment, due: Uptime?) {
    let passed = now.uptime - before.uptime
    let slept = max(.zero, now.asleep - before.asleep)
    let late = due.map { now.uptime - max($0, before.uptime) } ?? .zero
    let stood = late >= Self.patience ? late : .zero
    let set = (now.wall - before.wall) - passed - slept
    jump = set >= Self.noticed || set <= -Self.noticed ? set : .zero
    missed = (slept >= Self.noticed ? slept : .zero) + stood
    isSleep = slept >= Self.noticed
    guard jump != .zero || missed != .zero else { return nil }
  }

  /// By how much the wall clock is further than the time that was watched.
  package var shift: Span { jump + missed }

  /// Whether samples lie ahead of the wall clock now, which new ones would be refused behind.
  var isBackward: Bool { shift < .zero }

  /// Whether everything has to be polled anew before rules can say anything.
  var isLong: Bool { isBackward || shift >= Self.long || missed >= Self.long }

  /// What happened, as a sentence.
  package var sentence: String {
    var parts: [String] = []
    if missed != .zero {
      parts.append(
        isSleep ? "this machine slept for \(missed.short)" : "this process stood still for \(missed.short)")
    }
    if jump > .zero { parts.append("the clock was set forward by \(jump.short)") }
    if jump < .zero { parts.append("the clock was set back by \((.zero - jump).short)") }
    let text = parts.joined(separator: ", and ")
    return text.prefix(1).uppercased() + text.dropFirst() + "; timers go on from where they were."
  }
}
