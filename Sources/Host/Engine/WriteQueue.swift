import Incidents

/// The engine's acts on their way into the journal, strictly one after another: a resolution that overtook
/// its alert would be no news, and the alert would fire for ever.
///
/// What the journal could not take stays first and is taken again, so that a full disk costs no transition.
package struct WriteQueue {
  private var acts: [any Act] = []
  private var isInHand = false
  /// Why the journal took nothing when it was last tried, as a sentence; nil while it takes.
  package private(set) var trouble: String?

  package init() {}

  package mutating func add(_ act: any Act) { acts.append(act) }

  /// The act to write now; nil while one is in hand, or none waits.
  package mutating func take() -> (any Act)? {
    guard !isInHand, let first = acts.first else { return nil }
    isInHand = true
    return first
  }

  /// The act in hand was written or refused; or, with a sentence, the journal could not take it.
  /// Returns whether the trouble is another one now.
  package mutating func settle(trouble: String?) -> Bool {
    isInHand = false
    if trouble == nil, !acts.isEmpty { acts.removeFirst() }
    defer { self.trouble = trouble }
    return self.trouble != trouble
  }

  /// All that is not in hand; nothing is left.
  package mutating func drain() -> [any Act] {
    defer { acts = [] }
    return Array(acts.dropFirst(isInHand ? 1 : 0))
  }
}
