import Alerting
import Documents
import Incidents
import Playbooks
import Values

/// Routines: those that the folder lists, and the reviews that its playbooks ask for.
extension SystemReader {
  mutating func readRoutines(_ reader: inout YAMLReader) {
    for node in reader.list("routines") {
      var inner = reader.reader(node, of: "a routine")
      if let routine = routine(&inner) { system.routines.append(routine) }
      reader.finish(inner)
    }
  }

  private mutating func routine(_ reader: inout YAMLReader) -> Routine? {
    let title = reader.requiredString("title")
    if let title, system.routines.contains(where: { $0.title == title }) {
      reader.complain(
        "the routine \"\(Inert.terminal(title))\" stands twice", remedy: "give one of them another title",
        at: reader.position(of: "title"))
    }
    let at = timeOfDay(&reader)
    let recurrence = reader.has("after") ? occasion(&reader) : period(at, &reader)
    let zone = zone(&reader)
    let playbook = playbook(&reader)
    let evidence = reader.string("evidence")
    let fresh = reader.span("fresh")
    if fresh != nil, evidence == nil {
      reader.complain(
        "fresh says how old evidence may be, and here is none",
        remedy: "add `evidence: drills/*.md`, or remove it",
        at: reader.position(of: "fresh"))
    }
    if let fresh, fresh <= .zero {
      reader.complain(
        "evidence is never as fresh as that", remedy: "write one such as 7d", at: reader.position(of: "fresh")
      )
    }
    guard let title, let recurrence else { return nil }
    return Routine(
      title: title, recurrence: recurrence, at: at, zone: zone, playbook: playbook, evidence: evidence,
      fresh: fresh)
  }

  private func timeOfDay(_ reader: inout YAMLReader) -> Int? {
    guard let text = reader.string("at") else { return nil }
    if let at = minute(text), at < 1440 { return at }
    reader.complain(
      "at is a time of day, and here is \"\(Inert.terminal(text))\"", remedy: "write one such as \"08:00\"",
      at: reader.node("at")?.position ?? reader.position)
    return nil
  }

  /// `after: maintenance`.
  private func occasion(_ reader: inout YAMLReader) -> Recurrence? {
    if reader.has("every") || reader.has("at") {
      let name = reader.has("every") ? "every" : "at"
      _ = reader.node(name)
      reader.complain(
        "a routine that comes after something has no \(name)", remedy: "remove one of them",
        at: reader.position(of: name))
    }
    return reader.string("after").flatMap {
      choice($0, of: Occasion.self, named: "after", &reader).map { .after($0) }
    }
  }

  /// `every: daily`, `every: 4h`, `every: last Fri 16:00`.
  private func period(_ at: Int?, _ reader: inout YAMLReader) -> Recurrence? {
    guard let text = reader.requiredString("every") else { return nil }
    switch text {
    case "nightly": return .weekly(day: nil, minute: at ?? 120)
    case "daily": return .weekly(day: nil, minute: at ?? 0)
    case "weekly": return .days(7)
    case "monthly": return .months(1)
    case "quarterly": return .months(3)
    case "semiannual": return .months(6)
    case "yearly": return .months(12)
    default: break
    }
    let own =
      weekly(text) ?? monthly(text) ?? Span(prometheus: text).flatMap { $0 > .zero ? .every($0) : nil }
    guard let own else {
      reader.complain(
        "every cannot be \"\(Inert.terminal(text))\"",
        remedy:
          "write nightly, daily, weekly, monthly, quarterly, semiannual, yearly, Mon 08:00, last Fri 16:00 "
          + "or a duration",
        at: reader.node("every")?.position ?? reader.position)
      return nil
    }
    if at != nil {
      reader.complain(
        "at is for routines that come on a day, and this one comes every \(Inert.terminal(text))",
        remedy: "remove it", at: reader.position(of: "at"))
    }
    return own
  }

  /// What the front matter of playbooks asks for: a look at whether they still hold.
  mutating func addReviews() {
    for playbook in system.playbooks {
      guard let review = playbook.settings.review, review > .zero else { continue }
      let title = "Review \(playbook.name)"
      guard !system.routines.contains(where: { $0.title == title }) else { continue }
      system.routines.append(
        Routine(
          title: title, recurrence: .every(review), playbook: playbook.name,
          reviewed: playbook.settings.reviewed, isReview: true))
    }
  }
}
