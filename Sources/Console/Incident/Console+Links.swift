import Desk
import Incidents
import Retro
import Terminal
import Values

/// What an incident has to do with others.
extension Console {
  mutating func openLinks() -> [Effect] {
    guard let incident = incident.shown(world) else { return [] }
    let others = !candidates(of: incident, open: false).isEmpty
    var options: [Choice.Option] = []
    if others {
      options += [
        .init(id: "related", label: "related", detail: "the two have to do with each other"),
        .init(
          id: "duplicate", label: "duplicate of",
          detail: "the other one is about the same; both stay as they are"),
      ]
    }
    if !candidates(of: incident, open: true).isEmpty {
      options.append(
        .init(
          id: "merged", label: "merge into", detail: "\(incident.key) ends in the other one, which goes on"))
    }
    options.append(.init(id: "url", label: "an address", detail: "a call, a document, a vendor's ticket"))
    if !incident.links.isEmpty {
      options.append(
        .init(id: "unlink", label: "take a link off", detail: "of a merged one: it is open again"))
      options.append(
        .init(id: "look", label: "look at a link", detail: "the other incident, or the whole address"))
    }
    return open(
      .choice(Choice(.link(incident: incident.key), title: "link \(incident.key)", options: options)))
  }

  private func candidates(of incident: Incident, open: Bool) -> [Incident] {
    let linked = Set(incident.links.map(\.to))
    return world.ledger.incidents.filter {
      $0.key != incident.key && !linked.contains($0.key) && (!open || ($0.isOpen && incident.isOpen))
    }
  }

  mutating func take(link kind: String, of key: String) -> [Effect] {
    guard let incident = world.ledger.incident(key) else { return [] }
    switch kind {
    case "url":
      return open(
        .line(
          LineEntry(
            .address(incident: key), label: "address of \(key)",
            placeholder: "https://…, then what it leads to")))
    case "look":
      if incident.links.count == 1, let only = incident.links.first { return look(at: only.to, from: key) }
      let options = incident.links.map {
        Choice.Option(id: $0.to, label: $0.words, detail: $0.title.map(Inert.terminal) ?? "")
      }
      return open(.choice(Choice(.look(incident: key), title: "which link of \(key)?", options: options)))
    case "unlink":
      let options = incident.links.map {
        Choice.Option(id: $0.to, label: $0.words, detail: $0.title.map(Inert.terminal) ?? "")
      }
      return open(.choice(Choice(.unlink(incident: key), title: "which link of \(key)?", options: options)))
    default:
      guard let kind = LinkKind(rawValue: kind) else { return [] }
      let all = candidates(of: incident, open: kind == .merged)
      let options = all.prefix(20).map {
        Choice.Option(
          id: $0.key, label: "\($0.key) \($0.severity.rawValue)",
          detail: "\($0.standing)  \(Inert.terminal($0.title))")
      }
      let verb = kind == .merged ? "merge \(key) into" : "link \(key) as \(kind.rawValue) to"
      return open(
        .choice(Choice(.linkTo(incident: key, as: kind), title: "\(verb) which?", options: Array(options))))
    }
  }

  /// Goes to the other incident, or shows the address whole.
  mutating func look(at other: String, from key: String) -> [Effect] {
    guard let link = world.ledger.incident(key)?.links.first(where: { $0.to == other }) else { return [] }
    guard link.kind == .url else {
      focus(on: other)
      return go(to: .incident)
    }
    return open(.page(TextPage(title: "link of \(key)", lines: detail(of: link))))
  }

  /// What a line of the timeline links to, as it is now; empty for any other line.
  func linked(by line: TimelineLine) -> [(String, Style)] {
    guard let event = world.ledger.timeline.first(where: { $0.id == line.id }),
      let to = event.fact(IncidentLinked.self)?.to,
      let link = incident.shown(world)?.links.first(where: { $0.to == to })
    else { return [] }
    return [("", .text)] + detail(of: link)
  }

  private func detail(of link: Incident.Link) -> [(String, Style)] {
    guard link.kind != .url else {
      return (link.title.map { [(Inert.terminal($0), Style.strong)] } ?? [])
        + [(Inert.terminal(link.to), .text)]
    }
    guard let other = world.ledger.incident(link.to) else { return [(link.words, .text)] }
    return [
      (link.words, .strong),
      ("\(other.key) \(other.severity.rawValue) \(other.standing)  \(Inert.terminal(other.title))", .text),
      ("impact: \(other.impact.map(Inert.terminal) ?? "not said yet")", .text),
      ("commander: \(other.commander ?? "nobody") · systems: \(other.systems.joined(separator: ", "))", .dim),
      ("m, then look at a link, goes there", .dim),
    ]
  }

  mutating func link(_ key: String, as kind: LinkKind, to other: String) -> [Effect] {
    switch kind {
    case .merged:
      let lines = [
        "\(key) ends in \(other): its clocks stop, its open tasks stay with it, and \(other) has its systems from now on.",
        "Taking the link off opens it again.",
      ]
      return open(.confirm(Confirmation(.merge(key, into: other), lines: lines, verb: "merge")))
    case .duplicate:
      return perform(
        LinkIncident(incident: key, to: .duplicate(of: other)), on: key,
        done: "\(key) is a duplicate of \(other)",
        closing: true)
    case .related, .url:
      return perform(
        LinkIncident(incident: key, to: .related(other)), on: key, done: "\(key) and \(other) are related",
        closing: true)
    }
  }

  mutating func merge(_ key: String, into other: String) -> [Effect] {
    perform(
      CarryTickets(MergeIncident(key, into: other), zones: world.zones), on: key,
      done: "\(key) is merged into \(other)",
      next: .show(incident: other), closing: true)
  }

  mutating func unlink(_ key: String, from other: String) -> [Effect] {
    perform(
      CarryTickets(UnlinkIncident(incident: key, from: other), zones: world.zones), on: key,
      done: "\(key) is not linked to \(other) any more",
      closing: true)
  }

  mutating func submitAddress(_ text: String, of key: String) -> [Effect] {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    let title = words.dropFirst().first
    return perform(
      LinkIncident(incident: key, to: .address(words.first ?? "", title: title)), on: key, done: "linked",
      closing: true)
  }
}

extension Incident.Link {
  /// `duplicate of INC-2`, `INC-2 was merged into it`.
  var words: String {
    switch (kind, incoming) {
    case (.related, _): "related \(to)"
    case (.duplicate, false): "duplicate of \(to)"
    case (.duplicate, true): "duplicated by \(to)"
    case (.merged, false): "merged into \(to)"
    case (.merged, true): "took in \(to)"
    case (.url, _): title.map { "\(Inert.terminal($0)) \(to)" } ?? to
    }
  }
}
