import Incidents
import Retro
import Terminal
import Values

/// What screen 7 asks the journal beside its events, and what becomes of it.
extension Console {
  mutating func send(_ errand: RetroErrand) -> [Effect] {
    let number = acts.number()
    timeline.asked[number] = errand
    return [.retro(number, errand)]
  }

  private func isAsked(_ errand: RetroErrand) -> Bool { timeline.asked.values.contains(errand) }

  /// Asks again for what is shown when the incidents have changed.
  mutating func retroIfMoved() -> [Effect] {
    guard screen == .timeline, !world.ledger.incidents.isEmpty else { return [] }
    var effects: [Effect] = []
    let basis = world.ledger.incidents.map {
      "\($0.key) \($0.severity.rawValue) \($0.status.rawValue) \($0.updates.count)"
    }
    let figures = RetroErrand.statistics(timeline.period)
    let isOld = timeline.retro.statistics?.period != timeline.period || timeline.retro.basis != basis
    if isOld, !isAsked(figures) {
      timeline.retro.basis = basis
      effects += send(figures)
    }
    if timeline.view == .preview, let key = timeline.incidents.selected {
      let basis = [key, world.ledger.head?.hash ?? ""]
      let preview = RetroErrand.preview(incident: key)
      if timeline.retro.previewBasis != basis, !isAsked(preview) {
        timeline.retro.previewBasis = basis
        if timeline.retro.preview?.incident != key { timeline.top = 0 }
        effects += send(preview)
      }
    }
    return effects
  }

  mutating func answered(_ number: Int, _ result: Result<RetroNews, ActFailure>, at now: Instant) {
    guard let errand = timeline.asked[number] else { return }
    if case .success(.checking(let count, let all)) = result {
      timeline.retro.checked = (count, all)
      shell.say(
        "checking the chain: \(Int(clamping: count).grouped) of \(Int(clamping: all).grouped)", at: now)
      return
    }
    timeline.asked[number] = nil
    switch (result, errand) {
    case (.failure(let failure), _):
      timeline.retro.checked = nil
      shell.say(failure.sentence, at: now, tone: .failed)
    case (.success(.statistics(let figures)), .statistics(let period)):
      timeline.retro.statistics = (period, figures)
      timeline.retro.cadence.merge(figures.cadences) { $1 }
    case (.success(.preview(let text)), .preview(let incident)):
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      timeline.retro.preview = (incident, lines)
    case (.success(.compared(let comparison)), _):
      shell.overlay = .page(
        TextPage(
          title: "\(comparison.left) beside \(comparison.right)",
          lines: ComparisonText(comparison, width: size.width - 2).lines))
    case (.success(.backtested(let backtest)), .backtest(let wish)):
      let lines = backtest.text.split(separator: "\n", omittingEmptySubsequences: false)
      shell.overlay = .page(
        TextPage(
          title: "\(wish.rules) on \(wish.incident)",
          lines: lines.map { (String($0), $0.hasPrefix("!") ? .warn : .text) }))
    case (.success(.verified(let sentence, let isIntact)), _):
      timeline.retro.checked = nil
      shell.say(sentence, at: now, tone: isIntact ? .done : .failed, lasting: .seconds(15))
    default: break
    }
  }

  // MARK: - Figures

  mutating func nextPeriod(at now: Instant) -> [Effect] {
    timeline.period = timeline.period.next
    shell.say("figures of \(timeline.period.words)", at: now)
    return []
  }

  var whyNoFigures: String? {
    if world.ledger.incidents.isEmpty { return "No incident was declared yet." }
    return timeline.retro.statistics == nil ? "The figures are being read." : nil
  }

  mutating func openFigures() -> [Effect] {
    guard let (period, figures) = timeline.retro.statistics else { return [] }
    return open(
      .page(
        TextPage(
          title: "figures of \(period.words)",
          lines: StatisticsText(figures, objectives: world.objectiveLines, width: size.width - 2).lines)))
  }

  // MARK: - Two incidents

  var whyNotCompare: String? {
    if timeline.incidents.selected == nil { return "No incident is selected." }
    return timeline.rows(world).count < 2 ? "There is no other incident to hold it against." : nil
  }

  mutating func openComparison() -> [Effect] {
    guard let chosen = timeline.chosen(world) else { return [] }
    let others = timeline.rows(world).filter { $0.key != chosen.key }
    // The likeliest first: what is of the same systems.
    let ordered =
      others.filter { !Set($0.systems).isDisjoint(with: chosen.systems) }
      + others.filter { Set($0.systems).isDisjoint(with: chosen.systems) }
    let options = ordered.prefix(20).map {
      Choice.Option(
        id: $0.key, label: "\($0.key) \($0.severity.rawValue)",
        detail: "\($0.title)  \($0.systems.joined(separator: ", "))")
    }
    return open(
      .choice(
        Choice(
          .retro(.compare(chosen.key)), title: "hold \(chosen.key) against which incident?",
          options: Array(options))))
  }

  // MARK: - The chain

  mutating func verifyChain(at now: Instant) -> [Effect] {
    guard !isAsked(.verify) else {
      shell.say("The chain is being checked already.", at: now)
      return []
    }
    shell.say("checking the chain…", at: now)
    return send(.verify)
  }

  /// What was chosen on screen 7.
  mutating func take(_ ask: RetroAsk, _ chosen: Choice.Option, at now: Instant) -> [Effect] {
    shell.overlay = nil
    switch ask {
    case .compare(let key):
      shell.say("reading \(key) and \(chosen.id)…", at: now)
      return send(.compare(key, chosen.id))
    case .action(let key): return change(key, chosen.id)
    case .write(let key): return editRetro(chosen.id, of: key)
    }
  }
}

/// What is chosen from a few things on screen 7.
enum RetroAsk: Equatable, Sendable {
  /// With which incident that one is compared.
  case compare(String)
  /// What of an action item is changed.
  case action(String)
  /// Which section of a retro is written.
  case write(incident: String)
}
