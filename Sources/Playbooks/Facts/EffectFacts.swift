import Incidents

/// A step leaves something in force that has to be taken back some time: a flag off, tracing at 50 %.
package struct EffectSet: Fact {
  package static let kind = "effect.set"

  package let run: String
  package let step: String
  /// The step's title.
  package let what: String
  /// What takes it back: the beginning of another step's text, or words.
  package let undo: String
}

/// It is in force no more.
package struct EffectUndone: Fact {
  package static let kind = "effect.undone"

  package let run: String
  /// The step that set it.
  package let step: String
  package let what: String
  package let undo: String
  package let reason: String?
}
