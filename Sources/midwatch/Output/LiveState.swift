import Foundation
import Host
import Incidents
import Journal
import PromQL
import Systems
import Transfer
import Values
import Watch

/// The state of systems for a verb that looks once: the running engine's, if it watches them, else our own
/// polls.
struct LiveState {
  let sources: [SystemSource]
  let folders: [(folder: SystemFolder, isTrusted: Bool)]
  private let journal: Journal?
  private let socket: String

  /// Throws a sentence when a folder cannot be used; its problems are told on standard error.
  init(_ options: StateOptions, sources: [SystemSource]) throws {
    self.sources = sources
    socket = options.folder.socket
    let journal = Self.journal(options)
    self.journal = journal
    folders = try sources.map { source in
      let (folder, problems) = source.load()
      for problem in problems { Standard.error(problem.description) }
      guard !problems.contains(where: { $0.weight == .error }) else {
        throw Refusal("\(source.path) has errors; correct them, then `midwatch validate \(source.path)`.")
      }
      return (folder, Self.isTrusted(folder, source, in: journal))
    }
  }

  /// The journal, to read; nil where there is none, and where it cannot be read, which is told.
  private static func journal(_ options: StateOptions) -> Journal? {
    guard FileManager.default.fileExists(atPath: options.folder.journal) else { return nil }
    do {
      return try options.open(readOnly: true)
    } catch {
      Standard.error("\(Sentence.of(error)) So silences, and what is trusted, are not known.")
      return nil
    }
  }

  /// Silences that are not over; what the journal does not give hides nothing.
  private var silences: [Silence] {
    do {
      return try journal?.entities(Silence.self, open: true) ?? []
    } catch {
      Standard.error("\(Sentence.of(error)) So silences are not known.")
      return []
    }
  }

  /// The bundled systems are ours; of others somebody has to say so.
  private static func isTrusted(_ folder: SystemFolder, _ source: SystemSource, in journal: Journal?) -> Bool
  {
    source.isBundled || TrustCheck.isTrusted(folder, at: source.path, in: journal)
  }

  /// What was seen, by whose eyes.
  struct Look {
    enum Source: String { case engine, own }

    let snapshots: [SystemSnapshot]
    let source: Source
    /// Why it is not the engine's answer though one runs; a whole sentence.
    var note: String?
  }

  /// What ``look(rounds:every:)`` sees.
  func snapshots(rounds: Int, every: Span) throws -> [SystemSnapshot] {
    look(rounds: rounds, every: every).snapshots
  }

  /// What the engine publishes if it watches every system that is meant; else a survey of our own, of which standard
  /// error is told where an engine runs.
  func look(rounds: Int, every: Span) -> Look {
    var note: String?
    if rounds == 1 {
      switch askEngine() {
      case .success(let live): return Look(snapshots: live, source: .engine)
      case .failure(let muteness): note = muteness.sentence
      }
    }
    if let note { Standard.error(note) }
    var (watch, at) = Survey.run(
      withSecrets(sources), silences: silences, rounds: rounds, every: every, version: Version.text)
    _ = watch.receive(.routines(recorded), at: at)
    for (source, (folder, _)) in zip(sources, folders) {
      let found = EvidenceReader.findings(for: folder, at: source.path)
      _ = watch.receive(.evidence(system: folder.name, found), at: at)
    }
    return Look(snapshots: watch.snapshots(at: at), source: .own, note: note)
  }

  private var recorded: [String: RoutineFindings.Recorded] {
    journal.map { RoutineReading.recorded(in: $0, for: folders.map(\.folder)) } ?? [:]
  }

  /// Routines alone: nothing is polled for them.
  func routines() -> [(system: String, rows: [RoutineRow])] {
    let recorded = recorded
    return zip(sources, folders).map { source, known in
      let findings = RoutineFindings(
        recorded: recorded[known.folder.name] ?? .init(),
        evidence: EvidenceReader.findings(for: known.folder, at: source.path))
      return (known.folder.name, RoutineRow.rows(of: known.folder, findings))
    }
  }

  /// Asks `expression` over `system`.
  func query(
    _ expression: String, of system: String, start: Instant?, end: Instant?, step: Span, rounds: Int,
    every: Span
  ) throws -> Chart {
    let now = Clock.now()
    let answered = rounds == 1 ? askEngine() : .failure(.nobody)
    if case .failure(let muteness) = answered, let note = muteness.sentence { Standard.error(note) }
    if case .success = answered {
      return try askEngine(expression, of: system, start: start ?? end ?? now, end: end ?? now, step: step)
    }
    var (watch, at) = Survey.run(
      withSecrets(sources.filter { $0.name == system }), rounds: rounds, every: every, version: Version.text)
    let effects = watch.receive(
      .query(
        id: 0, system: system, expression: expression, start: start ?? end ?? at, end: end ?? at, step: step),
      at: at)
    switch effects.first {
    case .ask(_, let query): return try query.run(until: Clock.now() + .seconds(60), now: Clock.now).get()
    case .refuse(_, let sentence): throw Refusal(sentence)
    default: throw Refusal("The question was not answered.")
    }
  }

  /// The folders, and those that are trusted with what their secrets' files hold and commands print; what
  /// is missing of them is told on standard error.
  func withSecrets(_ sources: [SystemSource]) -> [(folder: SystemFolder, isTrusted: Bool)] {
    sources.map { source in
      let folder = source.load { folder in
        guard Self.isTrusted(folder, source, in: journal) else { return [:] }
        let found = SecretReader(folder: source.path).read(folder.secrets)
        for problem in found.problems { Standard.error(problem.description) }
        return found.values
      }.folder
      return (folder, Self.isTrusted(folder, source, in: journal))
    }
  }

  /// Why the engine has no answer.
  private enum Muteness: Error {
    /// No engine runs.
    case nobody
    /// It said nothing for too long, or went away.
    case mute
    /// It watches others.
    case watchesNot([String])

    var sentence: String? {
      switch self {
      case .nobody: nil
      case .mute:
        "An engine runs here, but it did not answer within 2 s, so this command polled for itself: what it says may"
          + " differ from what the engine knows."
      case .watchesNot(let names):
        "The engine that runs here does not watch \(names.map { Inert.terminal($0) }.joined(separator: ", ")), so this"
          + " command polled for itself."
      }
    }
  }

  /// What it publishes of all that is meant.
  private func askEngine() -> Result<[SystemSnapshot], Muteness> {
    let news = Mailbox<EngineClient.News>()
    guard let client = EngineClient(path: socket, subscribe: true, hear: { news.post($0) }) else {
      return .failure(.nobody)
    }
    defer { client.stop() }
    var known: [String: SystemSnapshot] = [:]
    let limit = Clock.now() + .seconds(2)
    while Clock.now() < limit {
      _ = news.wait(timeout: .milliseconds(100))
      for item in news.drain() {
        if case .snapshot(let snapshot) = item { known[snapshot.system] = snapshot }
        if case .lost = item { return .failure(.mute) }
      }
      let wanted = folders.compactMap { known[$0.folder.name] }
      if wanted.count == folders.count { return .success(wanted) }
    }
    let missing = folders.map(\.folder.name).filter { known[$0] == nil }
    return .failure(known.isEmpty ? .mute : .watchesNot(missing))
  }

  private func askEngine(
    _ expression: String, of system: String, start: Instant, end: Instant, step: Span
  ) throws -> Chart {
    let news = Mailbox<EngineClient.News>()
    guard let client = EngineClient(path: socket, subscribe: false, hear: { news.post($0) }) else {
      throw Refusal("The engine went away; ask again.")
    }
    defer { client.stop() }
    client.send(
      .query(.init(id: 1, system: system, expression: expression, start: start, end: end, step: step)))
    let limit = Clock.now() + .seconds(15)
    while Clock.now() < limit {
      _ = news.wait(timeout: .milliseconds(100))
      for item in news.drain() {
        if case .lost = item { throw Refusal("The engine went away; ask again.") }
        guard case .answer(let answer) = item else { continue }
        if let chart = answer.chart { return chart }
        throw Refusal(answer.refused ?? "The question was not answered.")
      }
    }
    throw Refusal("The engine did not answer in 15 s.")
  }
}
