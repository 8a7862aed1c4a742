import Incidents
import Values

/// Says that what a step left in force is so no more, where no step of the playbook takes it back.
package struct UndoEffect: Act {
  package var run: String
  /// The step that set it.
  package var step: String
  package var reason: String?

  package init(run: String, step: String, reason: String? = nil) {
    self.run = run
    self.step = step
    self.reason = reason
  }

  /// Works on a finished run too: what was left in force outlives it.
  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let state = try record.entity(Run.self, run), state.started != nil else {
      throw Refusal("There is no run \(run); `midwatch playbook` shows them.")
    }
    guard let effect = state.effects.first(where: { $0.step == step }) else {
      throw Refusal("Nothing that \(Inert.terminal(step)) set is in force.")
    }
    return Decision(append: [state.undoing(effect, reason: reason, at: now)])
  }
}

extension Run {
  func undoing(_ effect: Effect, reason: String?, at now: Instant) -> Entry {
    let fact = EffectUndone(
      run: key, step: effect.step, what: effect.what, undo: effect.undo, reason: reason)
    return Entry(fact, at: now, incident: incident)
  }

  /// What ticking a step does to what is in force: it sets an effect of its own, and takes back those whose `undo`
  /// its text begins with.
  func effects(ofTicking step: RunStarted.Planned, at now: Instant) -> [Entry] {
    var entries: [Entry] = []
    for effect in effects where effect.step != step.step && step.takesBack(effect.undo) {
      entries.append(undoing(effect, reason: nil, at: now))
    }
    if let undo = step.undo {
      let fact = EffectSet(run: key, step: step.step, what: step.title, undo: undo)
      entries.append(Entry(fact, at: now, incident: incident))
    }
    return entries
  }
}

extension RunStarted.Planned {
  /// Whether this is the step that an `undo` names: by its number, or by the beginning of its text.
  func takesBack(_ undo: String) -> Bool {
    let (title, undo) = (title.lowercased(), undo.lowercased())
    // A title is a short form of the text, so that either may be the longer.
    return step == undo
      || (!undo.isEmpty && !title.isEmpty && (title.hasPrefix(undo) || undo.hasPrefix(title)))
  }
}
