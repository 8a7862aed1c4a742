import Incidents
import Values

/// What a line means.
extension PlainRun {
  mutating func answer(_ line: String) -> [Effect] {
    guard let question else { return [] }
    self.question = nil
    let text = line.trimmed
    switch question {
    case .step: return answerStep(text)
    case .target(let plan, let inTerminal): return confirm(plan, text, inTerminal: inTerminal)
    case .skipReason: return text.isEmpty ? say("Skipping takes a reason; nothing was done.") : skip(text)
    case .failure: return fail(text.isEmpty ? nil : text)
    case .value(let variable, let isUndecided): return answerValue(variable, isUndecided, line)
    case .changeReason(let variable, let value):
      return set(variable, value, because: text.isEmpty ? nil : text)
    case .end: return answerEnd(text)
    }
  }

  private mutating func answerStep(_ text: String) -> [Effect] {
    let (word, rest) = Self.parts(of: text)
    guard let number = step else { return askEnd() }
    switch word {
    case "": return [asking(.step)]
    case "y", "yes", "run": return runCommand(isAgain: false)
    case "again": return runCommand(isAgain: true, inTerminal: rest == "t" || rest == "terminal")
    case "t", "terminal": return runCommand(isAgain: false, inTerminal: true)
    case "d", "done", "tick":
      return act(TickStep(run: run.key, step: number), then: .advance)
    case "s", "skip":
      return rest.isEmpty ? [asking(.skipReason)] : skip(rest)
    case "f", "failed":
      return rest.isEmpty ? [asking(.failure)] : fail(rest)
    case "n", "na":
      let act = MarkStep(run: run.key, step: number, as: .notApplicable, reason: rest.isEmpty ? nil : rest)
      return self.act(act, then: .advance)
    case "c", "choose": return choose(number)
    case "k", "kill": return endOrphan()
    case "+": return move(by: 1)
    case "-": return move(by: -1)
    default: return answerAnywhere(word, rest, .step)
    }
  }

  private mutating func answerEnd(_ text: String) -> [Effect] {
    let (word, rest) = Self.parts(of: text)
    if word == "y", run.progress.settled == run.progress.of { return finishRun() }
    return word.isEmpty ? [asking(.end)] : answerAnywhere(word, rest, .end)
  }

  private mutating func answerAnywhere(_ word: String, _ rest: String, _ question: Question) -> [Effect] {
    self.question = question
    switch word {
    case "e", "end": return finishRun()
    case "q", "quit": return leave(0, because: nil)
    case "o", "output": return showOutput()
    case "l", "list": return [.print(standingOfSteps), ask(question)]
    case "v", "values": return valuesAnswer(rest)
    case "u", "undo": return takeBack(rest)
    case "g", "go":
      guard script.steps[rest] != nil, run.order.contains(rest) else {
        return say("There is no step \"\(rest)\"; l lists them.")
      }
      return go(to: rest)
    case "?", "h", "help": return [.print(Self.help), ask(question)]
    default: return say("\"\(word)\" means nothing here; ? tells what does.")
    }
  }

  /// `s because of x` as its first word and the rest.
  private static func parts(of text: String) -> (word: String, rest: String) {
    let word = text.prefix { !$0.isWhitespace }
    return (word.lowercased(), String(text.dropFirst(word.count)).trimmed)
  }

  private mutating func skip(_ reason: String) -> [Effect] {
    act(SkipStep(run: run.key, step: step ?? "", reason: reason), then: .advance)
  }

  private mutating func fail(_ reason: String?) -> [Effect] {
    act(MarkStep(run: run.key, step: step ?? "", as: .failed, reason: reason), then: .advance)
  }

  /// Asks what is left of the command in hand to end.
  private mutating func endOrphan() -> [Effect] {
    let last = current.flatMap { lastExecution(of: $0) }
    guard let last, let left = left(of: last) else {
      return say("Nothing is left of a command here; Ctrl-C ends one that runs.")
    }
    options.orphans.removeAll { $0.id == last.id }
    return [.print(["asked \(left) to end"]), .cancel(id: last.id), asking(.step)]
  }

  /// Takes this way out; the others of its group do not apply.
  private mutating func choose(_ number: String) -> [Effect] {
    let groups = document.sections(under: run.started?.section).flatMap(\.groups)
    guard current?.choice != nil,
      let group = groups.first(where: { $0.steps.contains { $0.number == number } })
    else { return say("This is none of several ways out; d says that it is done.") }
    let others = group.steps.filter { $0.choice != nil && $0.number != number }.map(\.number)
    return act(ChooseStep(run: run.key, step: number, others: others), then: .offer)
  }

  private mutating func takeBack(_ which: String) -> [Effect] {
    let number = which.isEmpty ? run.last ?? step ?? "" : which
    guard script.steps[number] != nil else { return say("There is no step \"\(number)\"; l lists them.") }
    step = number
    index = current.map(firstCommand) ?? 0
    let act = UntickStep(run: run.key, step: number, reason: "undone", isOnlyOwn: true)
    return self.act(act, then: .offer)
  }

  /// To a step that may be settled: then its text is shown, and nothing is asked of it.
  private mutating func go(to number: String) -> [Effect] {
    guard run.state(of: number).isSettled else { return present(number) }
    let told = run.marks[number].map { "It was \(run.told($0)); u \(number) takes it back." } ?? ""
    guard let step = script.steps[number] else { return [] }
    let text = PlaybookText(values: values, declared: declared)
    let lines = text.lines(of: step, withSubsteps: false) + history(of: step) + [Inert.terminal(told)]
    return [.print(lines)] + (question.map { [ask($0)] } ?? [])
  }

  private mutating func move(by count: Int) -> [Effect] {
    guard let current else { return askEnd() }
    let places = current.runnable
    let wanted = count > 0 ? places.first { $0 > index } : places.last { $0 < index }
    guard let wanted else {
      return say(count > 0 ? "There is no further command." : "There is no command before this one.")
    }
    index = wanted
    return offer()
  }

  private mutating func finishRun() -> [Effect] {
    act(FinishRun(run: run.key), then: .leave)
  }

  mutating func act(_ act: any Act, then following: Next) -> [Effect] {
    question = nil
    next = following
    return [.act(act)]
  }

  /// A sentence, and the question anew.
  mutating func say(_ sentence: String) -> [Effect] {
    let again: Question = step == nil ? .end : .step
    return [.print([Inert.terminal(sentence)]), asking(again)]
  }

  mutating func asking(_ question: Question) -> Effect {
    self.question = question
    return ask(question)
  }
}
