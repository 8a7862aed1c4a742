import Watch

extension World {
  /// What is wrong with the watch itself, as sentences: a journal that cannot be written or read, folders with problems, parts that nobody has
  /// trusted, rules that fail, an engine that runs another version.
  var warnings: [String] {
    [
      engine?.trouble.map {
        engine?.role == .engine ? "transitions wait to be recorded: \($0)" : "this console cannot poll: \($0)"
      },
      unread.map { "what people did is not shown as it is now: \($0)" },
    ].compactMap { $0 } + folderWarnings
  }

  private var folderWarnings: [String] {
    systems.flatMap { system -> [String] in
      let name = system.system
      var warnings: [String] = []
      if let suspension = system.suspension { warnings.append("\(name): \(suspension.words)") }
      if let first = system.problems.first {
        let more = system.problems.count > 1 ? " (and \(system.problems.count - 1) more)" : ""
        let what = system.lastEvaluation == nil ? "is not watched" : "goes on as before"
        warnings.append("\(name) \(what): \(first)\(more)")
      }
      if let first = system.untrusted.first {
        let more = system.untrusted.count > 1 ? " and \(system.untrusted.count - 1) more" : ""
        warnings.append("\(name): not trusted, does nothing: \(first)\(more); midwatch trust approves it")
      }
      for failure in system.failures {
        warnings.append("\(name): the rule \(failure.rule) fails: \(failure.reason)")
      }
      warnings += system.remotes.compactMap(\.warning).map { "\(name): \($0)" }
      let own = guide(name)?.digest ?? ""
      if engine?.role == .viewer, !own.isEmpty, !system.digest.isEmpty, own != system.digest {
        warnings.append("\(name): the engine runs another version of its folder than the one here")
      }
      if let first = system.warnings.first {
        let more = system.warnings.count > 1 ? " (and \(system.warnings.count - 1) more)" : ""
        warnings.append("\(name): \(first)\(more)")
      }
      return warnings
    }
  }
}
