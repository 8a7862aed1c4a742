import ArgumentParser
import Host
import Incidents
import Journal
import Playbooks
import Values

struct PlaybookList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List playbooks, or the runs of the journal.")

  private struct Books: Encodable {
    struct Row: Encodable {
      let system: String
      let name: String
      let title: String
      let sections: Int
      let steps: Int
      let commands: Int
      let alerts: [String]
      let services: [String]
      let review: Review?
    }

    struct Review: Encodable {
      /// waiting, due, late, overdue or unknown.
      let standing: String
      let due: Instant?
      let lastDone: Instant?
    }

    var schema = "midwatch.playbooks/1"
    let playbooks: [Row]
  }

  private struct Runs: Encodable {
    struct Row: Encodable {
      let run: String
      let system: String?
      let playbook: String
      let section: String?
      let incident: String?
      let started: Instant?
      let startedBy: String?
      let settled: Int
      let steps: Int
      let current: String?
      let lastTouched: Instant?
      /// Nil while it is open.
      let outcome: RunOutcome?
      let ended: Instant?
      let executions: [Execution]
    }

    /// One execution of a command.
    struct Execution: Encodable {
      let command: String
      /// Nil where the text does not have its step any more.
      let step: String?
      let text: String
      let started: Instant
      let by: String
      /// running, succeeded, failed or unknown.
      let state: String
      let exit: Int?
    }

    var schema = "midwatch.runs/1"
    let runs: [Row]
  }

  @OptionGroup var options: StateOptions
  @OptionGroup var which: SystemOptions
  @Flag(help: "The runs of the journal instead, open ones first.") var runs = false
  @Option(help: "How to answer.") var format = OutputFormat.table

  func run() throws {
    try Standard.telling { runs ? try listRuns() : try listBooks() }
  }

  private func listBooks() throws {
    let now = Clock.now()
    let shelf = PlaybookShelf(try which.sources())
    let reviews = PlaybookReviews(shelf.books, in: options.existing())
    let rows = shelf.books.flatMap { book in
      book.folder.playbooks.map { document in
        let review = reviews.row(of: document, in: book.folder.name).map { row in
          Books.Review(standing: DutyRows.word(row, at: now), due: row.due, lastDone: row.lastDone)
        }
        return Books.Row(
          system: book.folder.name, name: document.name, title: document.title,
          sections: document.sections.count { $0.level > 0 }, steps: document.steps.count,
          commands: document.steps.reduce(0) { $0 + $1.runnable.count }, alerts: document.settings.alerts,
          services: document.settings.services, review: review)
      }
    }
    if format == .json { return try Standard.json(Books(playbooks: rows)) }
    guard !rows.isEmpty else {
      return Standard.out(
        shelf.books.isEmpty ? "No system is configured; name a bundled one." : "No folder holds a playbook.")
    }
    Standard.out(
      Columns.text(
        rows.map { row in
          [
            row.system, row.name, row.title, "\(row.steps) steps", "\(row.commands) commands",
            review(row.review), row.services.joined(separator: " "), row.alerts.joined(separator: " "),
          ]
        }))
  }

  private func review(_ review: Books.Review?) -> String {
    guard let review else { return "" }
    guard let due = review.due else { return "review unknown" }
    return review.standing == "waiting"
      ? "reviewed until \(due.dateClockUTC.prefix(10))" : "review \(review.standing)"
  }

  private func listRuns() throws {
    guard let journal = options.existing() else {
      if format == .json { return try Standard.json(Runs(runs: [])) }
      return Standard.out("There is no journal yet, so no run.")
    }
    let wanted = Set(which.systems.map { String($0.split(separator: "/").last ?? "") })
    let all = try journal.entities(Run.self, open: true) + journal.entities(Run.self, open: false).reversed()
    let rows = all.compactMap { run -> Runs.Row? in
      guard let started = run.started, wanted.isEmpty || started.system.map(wanted.contains) == true else {
        return nil
      }
      return Runs.Row(
        run: run.key, system: started.system, playbook: started.playbook, section: started.section,
        incident: run.incident, started: run.startedAt, startedBy: run.startedBy,
        settled: run.progress.settled, steps: run.progress.of, current: run.isOpen ? run.current : nil,
        lastTouched: run.lastTouched, outcome: run.end?.outcome, ended: run.end?.at,
        executions: run.executions.map(execution))
    }
    if format == .json { return try Standard.json(Runs(runs: rows)) }
    guard !rows.isEmpty else { return Standard.out("No run was begun.") }
    Standard.out(
      Columns.text(
        rows.map { row in
          [
            row.run, row.outcome?.rawValue ?? "open", row.incident ?? "", row.system ?? "",
            row.playbook + (row.section.map { "#\($0)" } ?? ""), "\(row.settled) of \(row.steps)",
            row.current.map { "at \($0)" } ?? "", row.started?.dateClockUTC ?? "", row.startedBy ?? "",
          ]
        }))
  }
}

extension PlaybookList {
  private func execution(_ execution: Run.Execution) -> Runs.Execution {
    let state =
      switch execution.end {
      case nil: "running"
      case .unknown?: "unknown"
      case .finished(let fact, _)?: fact.succeeded ? "succeeded" : "failed"
      }
    return Runs.Execution(
      command: execution.id, step: execution.step, text: execution.started.command, started: execution.at,
      by: execution.by, state: state, exit: execution.finished?.exit)
  }
}

extension Run {
  /// When something was done of it last.
  fileprivate var lastTouched: Instant? {
    (marks.values.map(\.at) + executions.map(\.at) + [startedAt, end?.at].compactMap { $0 }).max()
  }
}
