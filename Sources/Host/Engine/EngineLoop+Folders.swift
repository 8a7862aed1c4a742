import Alerting
import Incidents
import Playbooks
import Systems
import Transfer
import Values
import Watch

/// Folders: read at the start, and anew whenever they, or the trust in them, changed.
extension EngineLoop {
  func loadAll(at now: Instant) {
    for source in parts.sources { load(source, at: now) }
    look(at: now)
  }

  /// Reads a folder. One whose secrets have yet to be read waits for them, while the one before goes on. A
  /// simulated estate has none: nothing of this machine is read, or started, for it.
  private func load(_ source: SystemSource, at now: Instant) {
    marks[source.path] = source.mark
    readings.removeValue(forKey: source.path)?.cancel()
    let (folder, problems) = source.load()
    // A folder with mistakes changes nothing: files of the one that goes on are looked at as before.
    let current = problems.hasError ? loaded[source.path]?.folder : folder
    outsideMarks[source.path] = current.map { Self.outsideMark($0, at: source.path) }
    let isTrusted = isTrusted(folder, source)
    let hasSecrets = !source.isBundled && folder.secrets.contains(where: \.isOutside)
    guard isTrusted, hasSecrets, !problems.hasError else {
      return take(folder, problems, isTrusted: isTrusted, of: source, at: now)
    }
    let orders = orders
    readings[source.path] = SecretReading(folder, at: source.path) { found in
      orders.post(.secrets(path: source.path, digest: folder.digest, found))
    }
  }

  /// Takes up the folder that waited for its secrets, unless it is another by now; then another reading is
  /// under way or will be.
  func takeSecrets(_ found: SecretReader.Found, of path: String, digest: String, at now: Instant) {
    guard let source = parts.sources.first(where: { $0.path == path }) else { return }
    let (folder, problems) = source.load { _ in found.values }
    guard folder.digest == digest else { return }
    readings.removeValue(forKey: path)
    take(folder, problems + found.problems, isTrusted: isTrusted(folder, source), of: source, at: now)
  }

  private func take(
    _ folder: SystemFolder, _ problems: [Problem], isTrusted: Bool, of source: SystemSource, at now: Instant
  ) {
    guard !problems.hasError else {
      tell(.rejected(system: source.name, problems: problems))
      let first = problems.first { $0.weight == .error }
      ears.notice(
        "\(source.name) has mistakes, so \(loaded[source.path] == nil ? "it is not watched" : "what was read before goes on"): "
          + "\(first?.description ?? "")")
      return
    }
    let isNew = loaded.updateValue((folder, isTrusted), forKey: source.path) == nil
    courier?.limit(TransferLimits(loaded.values.map(\.folder)))
    parts.pushes.admit(folder, isTrusted: isTrusted, at: now)
    deliveryFolders.take(folder, from: source)
    tickets?.look()
    let firing = isNew ? (try? parts.journal.entities(Alert.self, open: true)) ?? [] : []
    let ours = firing.filter { $0.fired?.system == folder.name }
    let (orders, name) = (orders, folder.name)
    let isLoading = isNew && keeper?.load(name) { orders.post(.input(.restored(system: name, $0))) } ?? false
    tell(
      isLoading
        ? .begin(folder, isTrusted: isTrusted, firing: ours)
        : .load(folder, isTrusted: isTrusted, saved: nil, firing: ours))
    nextEvidence = Clock.steady()
    if !problems.isEmpty {
      tell(.warned(system: folder.name, problems: problems))
    }
    record(
      RecordLoaded(
        SystemLoaded(
          system: folder.name, digest: folder.digest, title: folder.title, problems: problems.count)),
      at: now)
  }

  /// Whether a file of the folder, or one that holds a secret or a body of it, is another than when it was read.
  private func hasChanged(_ source: SystemSource) -> Bool {
    if marks[source.path] != source.mark { return true }
    // While they are being read, those of the folder before say nothing.
    guard readings[source.path] == nil, let known = loaded[source.path] else { return false }
    return outsideMarks[source.path] != Self.outsideMark(known.folder, at: source.path)
  }

  /// Changes whenever a file changes that holds a secret or is a body.
  private static func outsideMark(_ folder: SystemFolder, at path: String) -> String {
    SecretReader.mark(folder.secrets, in: path) + "\n" + BodyReader.mark(folder, at: path)
  }

  /// How often evidence of routines is looked for.
  private static let seeking = Span.minutes(1)

  private func lookForEvidence() {
    guard nextEvidence <= Clock.steady() else { return }
    nextEvidence = Clock.steady() + Self.seeking
    for (path, known) in loaded { evidence.look(for: known.folder, at: path) }
  }

  private func isTrusted(_ folder: SystemFolder, _ source: SystemSource) -> Bool {
    source.isBundled || TrustCheck.isTrusted(folder, at: source.path, in: parts.journal)
  }

  /// Looks at what others may have changed: folders, silences, trust, incidents; and at what passed.
  func look(at now: Instant) {
    nextLook = Clock.steady() + Self.looking
    writeNext(at: now)
    for source in parts.sources where hasChanged(source) { load(source, at: now) }
    lookForEvidence()
    guard let version = try? parts.journal.dataVersion() else { return }
    if version != journalVersion {
      journalVersion = version
      let silences = (try? parts.journal.entities(Silence.self, open: true)) ?? []
      tell(.silences(silences))
      tell(.routines(RoutineReading.recorded(in: parts.journal, for: loaded.values.map(\.folder))))
      let runs = (try? parts.journal.entities(Run.self, open: true)) ?? []
      tell(.waiting(WaitingStep.list(of: runs)))
      stepDeadlines = StepDeadlines(runs)
      alarm = DeadlineAlarm((try? DeadlineReading.incidents(in: parts.journal)) ?? [])
      lapses = Lapses(silences: silences, alerts: (try? parts.journal.entities(Alert.self, open: true)) ?? [])
      for source in parts.sources {
        guard let known = loaded[source.path], known.isTrusted != isTrusted(known.folder, source) else {
          continue
        }
        load(source, at: now)
      }
    }
    if version != deliveriesVersion, queue.trouble == nil {
      deliveriesVersion = version
      outbox?.look()
      tickets?.look()
      recordPages(at: now)
    }
    // What is overdue is found again every second; it must not pile up behind a full disk.
    guard queue.trouble == nil else { return }
    lookForSeries(version, at: now)
    if let over = lapses.due(at: now) { record(over, at: now) }
    for act in stepDeadlines.over(at: now) { record(act, at: now) }
    ring(at: now)
  }

  /// When the alarm rings, unless somebody sets the clock before: that is seen at the next look.
  var nextRing: Uptime {
    guard queue.trouble == nil, let next = alarm.next else { return nextLook }
    return Clock.steady() + max(.zero, next - Clock.now())
  }

  /// Writes which deadlines have passed; while nothing can be written they wait.
  func ring(at now: Instant) {
    guard queue.trouble == nil else { return }
    for act in alarm.ring(at: now) { record(act, at: now) }
  }
}

extension [Problem] {
  fileprivate var hasError: Bool { contains { $0.weight == .error } }
}
