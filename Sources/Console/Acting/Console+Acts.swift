import Incidents
import Playbooks
import Terminal
import Values

extension Console {
  /// Asks for an act; its subject says *saving* until the answer comes.
  mutating func perform(
    _ act: any Act, on subject: String, done: String, undo: ActsUnderWay.Undo? = nil,
    next: ActsUnderWay.Next = .nothing, closing: Bool = false
  ) -> [Effect] {
    let number = acts.number()
    acts.waiting[number] = .init(subject: subject, done: done, undo: undo, next: next, acknowledged: nil)
    if closing { shell.overlay?.wait(for: number) }
    saveMarks()
    return [.perform(number, act)]
  }

  /// Takes the answer to an act.
  mutating func acted(_ number: Int, _ result: Result<[Event], ActFailure>, at now: Instant) -> [Effect] {
    guard let waiting = acts.waiting.removeValue(forKey: number) else { return [] }
    saveMarks()
    let isOpen = shell.overlay?.saving == number
    switch result {
    case .failure(let failure):
      if isOpen { shell.overlay?.fail(failure.sentence) }
      shell.say(failure.sentence, at: now, tone: .failed)
      playbook.failed(waiting.next)
      if case .commandStarted(let id) = waiting.next { commandNotStarted(id) }
      if case .commandFinished(let id) = waiting.next { commandNotFinished(id, failure.sentence, at: now) }
      comms.failed(waiting.next)
      if case .receipt(let key) = waiting.next {
        return receive(receipt: key, refusal: failure.sentence, at: now)
      }
      return []
    case .success(let events):
      if isOpen { shell.overlay = nil }
      var hint = ""
      if let undo = waiting.undo {
        acts.undoable = (undo, events.first?.id, waiting.done)
        hint = " · z undo"
      }
      if !waiting.done.isEmpty { shell.say(waiting.done + hint, at: now, tone: .done) }
      return follow(waiting.next, events, at: now)
    }
  }

  private mutating func follow(_ next: ActsUnderWay.Next, _ events: [Event], at now: Instant) -> [Effect] {
    switch next {
    case .nothing: return []
    case .showIncident:
      guard let key = events.compactMap(\.incident).first else { return [] }
      focus(on: key)
      return go(to: .incident)
    case .show(let key):
      focus(on: key)
      return go(to: .incident)
    case .run: return runStarted(events, at: now)
    case .commandStarted(let id): return commandStarted(id, at: now)
    case .commandFinished(let id): return commandFinished(id, events, at: now)
    case .draft: return draftSaved(events, at: now)
    case .forget(let draft):
      comms.close(draft)
      return [.keepUnsent(key: draft, text: "")]
    case .receipt(let key): return receive(receipt: key, refusal: nil, at: now)
    case .sent(let unsent):
      tickets.scrolled = nil
      return forget(unsent)
    case .linked(let incident, let ticket):
      return proposeAnnouncement(
        incident, with: [world.ticket(ticket)?.ticket.tenant].compactMap { $0 }, at: now)
    case .showTicket: return show(ticketOf: events)
    case .link(let keys): return link(keys, toNewOf: events, at: now)
    case .resolved(let incident): return proposeReplies(incident)
    }
  }

  private mutating func saveMarks() {
    world.saving = Set(acts.waiting.values.map(\.subject))
  }

  /// Takes back one's own last tick, acknowledgement or note, by a counter-event.
  mutating func undo(at now: Instant) -> [Effect] {
    guard let (undo, event, words) = acts.undoable else { return [] }
    acts.undoable = nil
    let done = "taken back: \(words)"
    switch undo {
    case .acknowledgement(let identity):
      return perform(UnacknowledgeAlert(identity, reason: "undone"), on: identity.key, done: done)
    case .note(let incident):
      guard let event else { return [] }
      return perform(
        RetractEvent(event, incident: incident, reason: "undone by its author"), on: event, done: done)
    case .tick(let run, let step): return untick(run: run, step: step, done: done)
    case .choice(let run, let steps): return unchoose(run: run, steps: steps, done: done)
    case .assignment(let key, let handle):
      let work = DeskWork(change: .assign(handle), tickets: [key])
      return perform(work.act(on: key, hand: world.hand(for: key, isSure: true)), on: key, done: done)
    }
  }
}
