import Incidents
import Values

/// Begins to work through a playbook, or a section of it; keeps the document's text as it is now.
package struct StartRun: Act {
  package var system: String?
  package var playbook: String
  package var title: String
  package var section: String?
  /// The document's bytes, and their SHA-256 in lower-case hex.
  package var text: [UInt8]
  package var sha256: String
  package var steps: [RunStarted.Planned]
  /// What is known from the start: defaults, and what the incident fills. No secrets.
  package var variables: [String: String]
  package var environment: String?
  /// `INC-14`; nil for a free run.
  package var incident: String?
  /// The routine that is done with it, once it is finished.
  package var routine: RunStarted.Turn?

  /// - Parameters:
  ///   - anchor: limits the run to a section and those below it.
  ///   - sha256: of the UTF-8 bytes of the document's text.
  package init(
    _ document: PlaybookDocument, system: String?, section anchor: String? = nil, sha256: String,
    variables: [String: String] = [:], environment: String? = nil, incident: String? = nil,
    routine: RunStarted.Turn? = nil
  ) {
    self.routine = routine
    self.system = system
    playbook = document.name
    title = document.title
    section = anchor.flatMap { document.section(anchor: $0)?.anchor }
    text = Array(document.text.utf8)
    self.sha256 = sha256
    steps = document.steps(under: section).map { RunStarted.Planned($0) }
    self.variables = variables
    self.environment = environment
    self.incident = incident
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard !steps.isEmpty else {
      throw Refusal("\(playbook) has no steps here; read it, there is nothing to run.")
    }
    if let incident {
      guard let state = try record.entity(Incident.self, incident), state.declaredAt != nil else {
        throw Refusal("There is no incident \(incident).")
      }
    }
    for key in try record.open(Run.self) {
      guard let other = try record.entity(Run.self, key), let started = other.started,
        started.playbook == playbook, started.section == section, started.system == system,
        other.incident == incident
      else { continue }
      let since = other.startedAt.map { " at \($0.minuteUTC)" } ?? ""
      throw Refusal("\(other.startedBy ?? "Somebody") started it\(since) as \(key); go on with that run.")
    }
    let run = "R-\(try record.next("R"))"
    let fact = RunStarted(
      run: run, system: system, playbook: playbook, title: title, section: section,
      snapshot: RunStarted.Snapshot(sha256: sha256, bytes: text.count, type: "text/markdown"),
      variables: variables, environment: environment, steps: steps, routine: routine)
    return Decision(append: [Entry(fact, at: now, incident: incident)], blobs: [text])
  }
}
