import Desk
import Incidents
import Terminal
import Values

/// What acts on tickets ask for before they are done.
extension Console {
  private func title(_ verb: String) -> String {
    let keys = tickets.targets(world)
    return "\(verb) \(keys.count == 1 ? keys.joined() : "\(keys.count) tickets")"
  }

  mutating func openAssigning() -> [Effect] {
    let keys = tickets.targets(world)
    let me = world.options.handle
    let now = keys.count == 1 ? tickets.target(world)?.ticket.assignee : nil
    var others: [String] = []
    for name in (world.desk?.items ?? []).compactMap(\.ticket.assignee)
    where name != me && !others.contains(name) { others.append(name) }
    let people = [me] + others.sorted().prefix(8)
    var options = people.map {
      Choice.Option(id: $0, label: $0, detail: $0 == me ? "you" : "", isCurrent: $0 == now)
    }
    options.append(.init(id: " ", label: "somebody else…", detail: "a handle"))
    if now != nil || keys.count > 1 {
      options.append(.init(id: "", label: "nobody", detail: "gives it back"))
    }
    return open(.choice(Choice(.desk(.assign(keys)), title: title("assign"), options: options)))
  }

  mutating func openTicketSeverity() -> [Effect] {
    let keys = tickets.targets(world)
    let ticket = keys.count == 1 ? tickets.target(world)?.ticket : nil
    let guide = world.guide(ticket?.system)
    let options = Severity.allCases.map {
      Choice.Option(
        id: $0.rawValue, label: $0.rawValue, detail: guide?.meaning($0) ?? "",
        isCurrent: $0 == ticket?.severity)
    }
    return open(
      .choice(
        Choice(
          .desk(.severity(keys)), title: title("severity of") + "; clocks count anew from its start",
          options: options, selected: (ticket?.severity.rank ?? 1) - 1)))
  }

  /// What the table allows stands plainly; the rest is an override, and says so.
  mutating func openTicketState() -> [Effect] {
    let keys = tickets.targets(world)
    let states = keys.compactMap { world.ticket($0)?.ticket.state }
    let options = TicketState.allCases.compactMap { state -> Choice.Option? in
      let answers = states.map { TicketTransitions.answer(TicketTurn(to: state), in: $0) }
      guard keys.count == 1 else {
        let count = answers.count { if case .moves = $0 { true } else { false } }
        return count == 0
          ? nil
          : .init(id: state.rawValue, label: state.rawValue, detail: "\(count) of \(keys.count) can go there")
      }
      switch answers.first {
      case .moves: return .init(id: state.rawValue, label: state.rawValue, detail: state.means)
      case .reopens:
        return .init(id: state.rawValue, label: state.rawValue, detail: "opens it again; asks why")
      case .overrides:
        return .init(
          id: state.rawValue, label: state.rawValue,
          detail: "\(Sign.warn.glyph) an override; asks for a reason")
      case .already: return .init(id: state.rawValue, label: state.rawValue, detail: "", isCurrent: true)
      case .stays, .closed, nil: return nil
      }
    }
    // What one most often means, and what a customer's reply opens again: never closed.
    let plain =
      options.firstIndex { keys.count == 1 && $0.id == TicketState.resolved.rawValue && !$0.isCurrent }
      ?? options.firstIndex { !$0.isCurrent && $0.detail == TicketState(rawValue: $0.id)?.means } ?? 0
    return open(
      .choice(Choice(.desk(.state(keys)), title: title("state of"), options: options, selected: plain)))
  }

  /// Open incidents, the one that explains it most likely first; then what it is linked to.
  mutating func openTicketLinks() -> [Effect] {
    let keys = tickets.targets(world)
    let linked = keys.count == 1 ? tickets.target(world)?.ticket.incidents ?? [] : []
    let options =
      likeliest(for: keys).filter { !linked.contains($0.key) }.prefix(8).map { incident in
        Choice.Option(
          id: incident.key,
          label:
            "\(incident.key) \(Marks.sign(Marks.level(incident.severity)).glyph) \(incident.severity.rawValue)",
          detail: "\(incident.status.rawValue)  \(Inert.terminal(incident.title))")
      }
      + linked.map {
        Choice.Option(
          id: "-\($0)", label: "take \($0) off",
          detail: Inert.terminal(world.ledger.incident($0)?.title ?? ""))
      }
    return open(
      .choice(
        Choice(.desk(.link(keys)), title: title("link") + " to which incident?", options: Array(options))))
  }

  var whyNoLink: String? {
    if let reason = whyNoTicket() { return reason }
    let linked = tickets.target(world)?.ticket.incidents ?? []
    return world.ledger.openIncidents.isEmpty && linked.isEmpty
      ? "No incident is open; i declares one from this ticket." : nil
  }

  /// Of the same system, with the subject's words, then as the bar orders them.
  private func likeliest(for keys: [String]) -> [Incident] {
    let ticket = keys.first.flatMap { world.ticket($0)?.ticket }
    let words = Self.words(ticket?.subject ?? "")
    func score(_ incident: Incident) -> Int {
      let isOfSystem = ticket?.system.map(incident.systems.contains) ?? false
      let told = Self.words(incident.title + " " + (incident.impact ?? ""))
      return (isOfSystem ? 4 : 0) + min(3, words.intersection(told).count)
    }
    return world.ledger.openIncidents.enumerated()
      .sorted { (-score($0.element), $0.offset) < (-score($1.element), $1.offset) }.map(\.element)
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count > 3 }.map(String.init))
  }

  mutating func openTags() -> [Effect] {
    let keys = tickets.targets(world)
    let tags = tickets.target(world)?.ticket.tags.joined(separator: " ") ?? ""
    return open(
      .line(
        LineEntry(
          .desk(.tags(keys)), label: title("tags of"),
          placeholder: "words, apart by blanks; empty takes all off",
          text: keys.count == 1 && !tags.isEmpty ? tags + " " : "")))
  }

  mutating func openMerging() -> [Effect] {
    let keys = tickets.targets(world)
    let first = world.desk.flatMap { $0.open?.key == keys.first ? $0.similar.first?.ticket : nil }
    return open(
      .line(
        LineEntry(
          .desk(.merge(keys)), label: title("merge") + " into", placeholder: "T-479: the one that stays",
          text: keys.count == 1 ? first ?? "" : "")))
  }

  mutating func pauseOrResume(at now: Instant) -> [Effect] {
    let keys = tickets.targets(world)
    if keys.count == 1, tickets.target(world)?.ticket.holds.contains(PauseTicket.thirdParty) ?? false {
      return carryOut(DeskWork(change: .resume, tickets: keys), at: now)
    }
    return open(
      .line(
        LineEntry(
          .desk(.pause(keys)), label: title("pause"), placeholder: "for whom it waits: the bank, the vendor"))
    )
  }

  // MARK: - Answers

  mutating func take(_ ask: DeskAsk, _ option: Choice.Option, at now: Instant) -> [Effect] {
    switch ask {
    case .assign(let keys):
      guard option.id == " " else {
        return carryOut(DeskWork(change: .assign(option.id), tickets: keys), at: now)
      }
      return open(.line(LineEntry(.desk(.assign(keys)), label: title("assign"), placeholder: "a handle")))
    case .severity(let keys):
      return Severity(rawValue: option.id).map {
        carryOut(DeskWork(change: .severity($0), tickets: keys), at: now)
      } ?? []
    case .state(let keys): return takeState(option.id, keys, at: now)
    case .link(let keys):
      let change: DeskWork.Change =
        option.id.hasPrefix("-") ? .unlink(String(option.id.dropFirst())) : .link(option.id)
      return carryOut(DeskWork(change: change, tickets: keys), at: now)
    case .canned(let keys): return openCanned(option.id, keys, at: now)
    case .keep(let key): return keep(option.id, of: key, at: now)
    case .filter:
      shell.overlay = nil
      return filterTickets(option.id)
    case .forgetFilter:
      return perform(
        SaveFilter(option.id, filter: ""), on: "filters", done: "forgot \(option.id)", closing: true)
    case .replies(let incident): return takeReplies(option.id, incident, at: now)
    case .announce(let incident):
      shell.overlay = nil
      return option.id == "yes" ? announce(incident, at: now) : []
    }
  }

  private mutating func takeState(_ word: String, _ keys: [String], at now: Instant) -> [Effect] {
    guard let state = TicketState(rawValue: word) else { return [] }
    let old = keys.count == 1 ? tickets.target(world)?.ticket.state : nil
    switch old.map({ TicketTransitions.answer(TicketTurn(to: state), in: $0) }) {
    case .reopens: return askWhy(keys, state, isOverride: false)
    case .overrides: return askWhy(keys, state, isOverride: true)
    default:
      return carryOut(
        DeskWork(change: .state(state, isOverride: false, reason: nil), tickets: keys), at: now)
    }
  }

  private mutating func askWhy(_ keys: [String], _ state: TicketState, isOverride: Bool) -> [Effect] {
    open(
      .line(
        LineEntry(
          .desk(.reason(keys, state, isOverride: isOverride)),
          label: title(isOverride ? "override" : "open again") + " to \(state.rawValue)",
          placeholder: "why; it is recorded")))
  }

  /// Takes the line that was written.
  mutating func take(_ line: DeskLine, _ text: String, at now: Instant) -> [Effect] {
    func work(_ change: DeskWork.Change, _ keys: [String]) -> DeskWork {
      DeskWork(change: change, tickets: keys)
    }
    if text.isEmpty, line.needsWords {
      shell.overlay?.fail("It needs a word; Esc changes nothing.")
      return []
    }
    switch line {
    case .assign(let keys):
      guard Actor.isHandle(text) else {
        shell.overlay?.fail("\(Inert.terminal(text)) is no handle: a-z, 0-9, dots, dashes, at most 32.")
        return []
      }
      return carryOut(work(.assign(text), keys), at: now)
    case .reason(let keys, let state, let isOverride):
      return carryOut(work(.state(state, isOverride: isOverride, reason: text), keys), at: now)
    case .pause(let keys): return carryOut(work(.pause(text), keys), at: now)
    case .merge(let keys):
      let key = Self.ticketKey(text)
      return carryOut(work(.merge(into: key), keys.filter { $0 != key }), at: now)
    case .tags(let keys):
      let tags = text.split { $0 == " " || $0 == "," }.map(String.init)
      return carryOut(work(.tags(tags), keys), at: now)
    case .unmerge(let key): return carryOut(work(.unmerge(text), [key]), at: now)
    case .attach(let keys): return attach(text, to: keys, at: now)
    case .filterName: return saveFilter(text)
    }
  }

  /// `479`, `t-479` and `T-479` are the same.
  static func ticketKey(_ text: String) -> String {
    text.allSatisfy(\.isNumber) ? "T-\(text)" : text.contains("/") ? text : text.uppercased()
  }
}

extension DeskLine {
  var needsWords: Bool { if case .tags = self { false } else { true } }
}

extension TicketState {
  /// What it says, for who chooses it.
  var means: String {
    switch self {
    case .open: "taken in; nobody has answered"
    case .pendingSupport: "the customer waits for us"
    case .pendingUser: "we wait for the customer"
    case .resolved: "solved, as far as we know; a reply opens it again"
    case .closed: "over"
    }
  }
}
