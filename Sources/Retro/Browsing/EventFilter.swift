import Desk
import Incidents
import Values

/// Which events a list shows: `kind:alert actor:ops1 system:nova-rms since:-2h is:pinned text words`.
///
/// Every term must hold; a comma within one is "or", `!` before one is "not", and words without a key are looked
/// for in what events say. What is pinned stays, whatever the terms say, but not outside the time.
package struct EventFilter: Hashable, Sendable {
  /// A time as it was written: it may move with the clock.
  package enum Moment: Hashable, Sendable {
    case ago(Span)
    case at(Instant)

    package func instant(at now: Instant) -> Instant {
      switch self {
      case .ago(let span): now - span
      case .at(let instant): instant
      }
    }
  }

  package enum Test: Hashable, Sendable {
    /// Whole kinds such as `alert.fired`, or one of their two words.
    case kinds([String])
    case actors([String])
    case systems([String])
    case incidents([String])
    case tickets([String])
    case text(String)
  }

  package struct Term: Hashable, Sendable {
    package let test: Test
    package let isNegated: Bool

    package init(_ test: Test, isNegated: Bool = false) {
      self.test = test
      self.isNegated = isNegated
    }
  }

  package var terms: [Term] = []
  package var since: Moment?
  package var until: Moment?
  /// Only what is pinned.
  package var isPinned = false

  package init() {}

  /// Shows everything.
  package var isEmpty: Bool { terms.isEmpty && since == nil && until == nil && !isPinned }
}

extension EventFilter {
  /// What the journal is asked for.
  ///
  /// - Parameter kinds: all that there are; a word stands for those that have it.
  package func selection(kinds: [String], at now: Instant) -> EventSelection {
    var selection = EventSelection(
      from: since?.instant(at: now), until: until?.instant(at: now))
    selection.terms = terms.map { term in
      let test: EventSelection.Test
      switch term.test {
      case .kinds(let words): test = .kinds(kinds.filter { Self.isOf($0, words) })
      case .actors(let handles): test = .actors(handles)
      case .systems(let names): test = .systems(names)
      case .incidents(let keys): test = .incidents(keys)
      case .tickets(let keys): test = .tickets(keys)
      case .text(let words): test = .text(words)
      }
      return .init(test, isNegated: term.isNegated)
    }
    return selection
  }

  static func isOf(_ kind: String, _ words: [String]) -> Bool {
    words.contains { word in
      kind == word || kind.split(separator: ".").contains { $0 == word }
    }
  }
}
