import Incidents

/// The engine's acts on their way into the journal, strictly one after another: a resolution that overtook
/// its alert would be no news, and the alert would fire for ever.
///
/// Those that wait go together, in their order and in one commit: a thousand endpoints that are first seen up are
/// not a thousand waits for the disk. What the journal could not take stays first and is taken again, so that a full
/// disk costs no transition.
package struct WriteQueue {
  private var acts: [any Act] = []
  /// How many of them, the first ones, are being written.
  private var inHand = 0
  /// Why the journal took nothing when it was last tried, as a sentence; nil while it takes.
  package private(set) var trouble: String?

  /// So many go together at most: what a person does meanwhile waits for no more than these.
  package static let together = 64

  package init() {}

  package mutating func add(_ act: any Act) { acts.append(act) }

  /// The acts to write now, together; empty while some are in hand, or none waits.
  package mutating func take() -> [any Act] {
    guard inHand == 0 else { return [] }
    let first = Array(acts.prefix(Self.together))
    inHand = first.count
    return first
  }

  /// The acts in hand were written or refused; or, with a sentence, the journal could not take them.
  /// Returns whether the trouble is another one now.
  package mutating func settle(trouble: String?) -> Bool {
    if trouble == nil { acts.removeFirst(inHand) }
    inHand = 0
    defer { self.trouble = trouble }
    return self.trouble != trouble
  }

  /// All that is not in hand; nothing else is left.
  package mutating func drain() -> [any Act] {
    defer { acts.removeLast(acts.count - inHand) }
    return Array(acts.dropFirst(inHand))
  }
}
