import Alerting
import Documents
import Values

/// Service level objectives, and the rules that come from them.
extension SystemReader {
  /// Shorter ones have no room for the windows in which a budget's burning is looked at; longer ones would keep more
  /// samples than a console should.
  private static let windows = Span.hours(1)...Span.days(90)

  mutating func readObjectives(_ reader: inout YAMLReader) {
    for node in reader.list("slos") {
      var inner = reader.reader(node, of: "an objective")
      if let objective = objective(&inner) { system.objectives.append(objective) }
      reader.finish(inner)
    }
  }

  private mutating func objective(_ reader: inout YAMLReader) -> Objective? {
    let title = reader.requiredString("title")
    if let title, system.objectives.contains(where: { $0.title == title }) {
      reader.complain(
        "the objective \"\(Inert.terminal(title))\" stands twice", remedy: "give one of them another title",
        at: reader.position(of: "title"))
    }
    let share = percentage("objective", &reader, isRequired: true)
    let isSound = share.map { $0 > 0 && ErrorBudget.budget(of: $0) > 0 } ?? false
    if let share, !isSound {
      reader.complain(
        share > 0 ? "such an objective leaves no budget to burn" : "an objective of 0% asks for nothing",
        remedy: "write one such as 99.9%", at: reader.position(of: "objective"))
    }
    let window = requiredSpan("window", &reader)
    if let window, !Self.windows.contains(window) {
      reader.complain(
        "the window of an objective is from 1h to 90d, and here it is \(window.prometheus)",
        remedy: "write one such as 30d", at: reader.position(of: "window"))
    }
    let good = expression("good", &reader)
    let total = expression("total", &reader)
    var level: Level? = .page
    if let text = reader.string("level") {
      level = text == "off" ? nil : choice(text, of: Level.self, named: "level", &reader) ?? .page
    }
    let playbook = playbook(&reader)
    guard let title, let share, isSound, let window, Self.windows.contains(window), let good,
      let total
    else { return nil }
    let objective = Objective(
      title: title, objective: share, window: window, good: good, total: total, level: level,
      playbook: playbook, position: reader.position)
    if level != nil { warnOfSlowBurns(objective, &reader) }
    return objective
  }

  /// With a wide budget even a total failure burns it slower than an alert asks for.
  private func warnOfSlowBurns(_ objective: Objective, _ reader: inout YAMLReader) {
    let fastest = ErrorBudget.fastest(of: objective.objective)
    let never = objective.target(slowest: .zero).pairs.filter { $0.factor >= fastest }
    guard let first = never.first else { return }
    let most = decimals(fastest)
    reader.complain(
      "no budget of this objective burns \(decimals(first.factor)) times as fast as it may: \(most) times is when "
        + "everything fails, so \(never.count == 1 ? "that alert" : "\(never.count) of its alerts") cannot fire",
      remedy: "raise the objective, or watch it with a rule of your own",
      at: reader.position(of: "objective"),
      weight: .warning)
  }

  /// At most one.
  private func decimals(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }

  /// An expression in which `$window` stands for a range.
  private func expression(_ name: String, _ reader: inout YAMLReader) -> String? {
    guard let text = reader.requiredString(name) else { return nil }
    guard let objection = ErrorBudget.objection(to: text) else { return text }
    let position = reader.node(name)?.position ?? reader.position
    reader.complain(
      "the expression is wrong: \(objection.message)", remedy: "correct it",
      at: source.position(ofScalar: objection.offset, in: text, at: position))
    return nil
  }

  /// The rules of the objectives, evaluated here like those of the rule files.
  mutating func addObjectiveRules() {
    let slowest = system.endpoints.map(\.every).max() ?? system.every
    for index in system.objectives.indices {
      let target = system.objectives[index].target(slowest: slowest)
      system.objectives[index].pairs = target.pairs
      system.ruleGroups.append(ErrorBudget.group(target, file: Self.file))
    }
  }
}
