import Alerting
import Foundation
import Journal
import Metrics
import Values
import Watch

/// Samples and pending timers to and from `metrics.db`.
///
/// Chunks that no later sample changes are written once, when they are; what is behind them is written with every save
/// and replaces what was there. Series are numbered, and 4096 of them share a row (``SampleBlock``): a hundred thousand
/// series cost some fifty rows a save. Once all samples of the beginning are too old they are numbered anew, so that
/// names that nothing refers to any more can be deleted.
package struct SavedSamples {
  /// So many numbers share a row.
  static let shared: UInt32 = 4096

  /// One numbering of a system's series.
  private struct Numbering {
    let began: Instant
    /// How long it is used.
    let lasts: Span
    /// When it was written last.
    var saved = Instant(milliseconds: .min)
    var next: UInt32 = 0
    var series: [SeriesID: Progress] = [:]
  }

  /// How far a series is written.
  private struct Progress {
    var number: UInt32?
    /// The time of the last sample that was written once and for all.
    var until = Int64.min
  }

  private let store: SampleStore
  private var numberings: [String: Numbering] = [:]
  /// What was saved last, by system.
  private var objectives: [String: [SavedObjective]] = [:]
  /// As often as the file was begun anew when these were written.
  private var timesLost: Int
  /// The longest of the retentions of all systems.
  private var kept = Span.hours(1)

  package init(_ store: SampleStore) {
    self.store = store
    timesLost = store.timesLost
  }

  // MARK: - Saving

  /// Throws what ``SampleStore`` throws; then all of it is tried again the next time.
  package mutating func save(_ saved: SavedSystem, of system: String, at now: Instant) throws {
    if store.timesLost != timesLost {
      (numberings, objectives, timesLost) = ([:], [:], store.timesLost)
    }
    // Timers first: they are few, and say what fires.
    let encoder = Self.encoder
    let pending = try saved.alerts.map { alert in
      SampleStore.Pending(
        system: system, rule: alert.rule,
        labels: String(decoding: try encoder.encode(alert.labels), as: UTF8.self),
        activeAt: alert.activeAt, state: Array(try encoder.encode(alert)))
    }
    try store.savePending(pending, of: system)
    try save(saved.objectives, of: system)
    kept = max(kept, saved.retention)
    let long = saved.keptSeries
    let all = saved.store.select([])
    try save(long.isEmpty ? all : all.filter { long[$0] == nil }, of: saved.store, as: system, at: now)
    if !long.isEmpty {
      // Their rows go as late as those of others would that end so much later.
      let more = max(.zero, (long.values.max() ?? .zero) - kept)
      try save(all.filter { long[$0] != nil }, of: saved.store, as: system + Self.long, for: more, at: now)
    }
    while try store.deleteBefore(now - kept) > 0 {}
  }

  private mutating func save(_ saved: [SavedObjective], of system: String) throws {
    guard objectives[system] != saved else { return }
    let bytes = saved.isEmpty ? nil : Array(try Self.encoder.encode(saved))
    try store.setValue(bytes, for: Self.objectives + system)
    objectives[system] = saved
  }

  /// Before the name of a system, in names of values.
  private static let objectives = "objectives/"

  /// Behind the name of a system: its series that are kept for longer than all others. No folder is called so.
  private static let long = "/long"

  /// - Parameter more: how much longer than all others they are kept.
  private mutating func save(
    _ ids: [SeriesID], of samples: Store, as system: String, for more: Span = .zero, at now: Instant
  ) throws {
    let lasts = kept + more
    var numbering = numberings[system] ?? Numbering(began: now, lasts: lasts)
    // After the clock was set back, times that are written may not be those of the samples that are left.
    let isAnew = now < numbering.saved
    if isAnew {
      numbering = Numbering(began: now, lasts: lasts)
    } else if now - numbering.began > numbering.lasts {
      numbering = renumbered(numbering, for: ids, lasts: lasts, at: now)
    }
    let chunks = chunks(of: ids, in: samples, system: system, for: more, numbering: &numbering, at: now)
    try store.saveChunks(chunks, replacing: (system, isAnew ? "" : Kind.open.rawValue))
    numbering.saved = now
    numberings[system] = numbering
  }

  private func renumbered(_ old: Numbering, for ids: [SeriesID], lasts: Span, at now: Instant) -> Numbering {
    var numbering = Numbering(began: now, lasts: lasts)
    for id in ids {
      if let known = old.series[id] { numbering.series[id] = Progress(until: known.until) }
    }
    return numbering
  }

  /// What is new in `samples`, and what may still change; series that were not numbered yet are.
  private func chunks(
    of ids: [SeriesID], in samples: Store, system: String, for more: Span, numbering: inout Numbering,
    at now: Instant
  ) -> [SampleStore.Chunk] {
    var blocks: [UInt32: [Kind: SampleBlock]] = [:]
    var bucket = UInt32(0)
    var current: (labels: SampleBlock, closed: SampleBlock, open: SampleBlock) = (.init(), .init(), .init())
    func turn(to next: UInt32) {
      blocks[bucket] = [.labels: current.labels, .closed: current.closed, .open: current.open]
      let known = blocks[next] ?? [:]
      current = (known[.labels] ?? .init(), known[.closed] ?? .init(), known[.open] ?? .init())
      bucket = next
    }
    var (labels, closed, open): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    for id in ids {
      closed.removeAll(keepingCapacity: true)
      open.removeAll(keepingCapacity: true)
      let known = numbering.series[id]
      let end = samples.appendParts(of: id, after: known?.until ?? .min, closed: &closed, open: &open)
      guard !closed.isEmpty || !open.isEmpty else { continue }
      let number = known?.number ?? numbering.next
      if number / Self.shared != bucket { turn(to: number / Self.shared) }
      if known?.number == nil {
        guard let names = samples.labels(of: id) else { continue }
        labels.removeAll(keepingCapacity: true)
        LabelBytes.write(names, to: &labels)
        current.labels.add(labels, of: number)
        numbering.next &+= 1
      }
      if !closed.isEmpty { current.closed.add(closed, of: number) }
      if !open.isEmpty { current.open.add(open, of: number) }
      if end != nil || known?.number == nil {
        numbering.series[id] = Progress(number: number, until: end ?? known?.until ?? .min)
      }
    }
    turn(to: bucket)
    var chunks: [SampleStore.Chunk] = []
    for (bucket, kinds) in blocks.sorted(by: { $0.key < $1.key }) {
      for (kind, block) in kinds where !block.isEmpty {
        chunks.append(
          SampleStore.Chunk(
            system: system, name: kind.name(numbering: numbering.began, bucket: bucket),
            // One open block replaces another; names are needed as long as what was written last with them.
            start: kind == .open ? numbering.began : now,
            end: (kind == .labels ? numbering.began + numbering.lasts : now) + more, bytes: block.sealed()))
      }
    }
    return chunks
  }

  // MARK: - Loading

  /// All that was saved of a system; saving goes on behind it. What is damaged is left out.
  package mutating func load(_ system: String) throws -> SavedSystem {
    var samples = Store()
    for name in [system, system + Self.long] { try load(name, into: &samples) }
    let decoder = Self.decoder
    let alerts = try store.loadPending(of: system).compactMap {
      try? decoder.decode(PersistedAlert.self, from: Data($0.state))
    }
    return SavedSystem(store: samples, alerts: alerts)
  }

  /// The objectives whose series are kept, by system.
  package func savedObjectives() throws -> [String: [SavedObjective]] {
    var found: [String: [SavedObjective]] = [:]
    for (key, bytes) in try store.values(named: Self.objectives) {
      let saved = try? Self.decoder.decode([SavedObjective].self, from: Data(bytes))
      found[String(key.dropFirst(Self.objectives.count))] = saved
    }
    return found
  }

  /// A system's series that are kept for longer than all others, as they were saved last.
  package mutating func keptSeries(of system: String) throws -> Store {
    var samples = Store()
    try load(system + Self.long, into: &samples)
    return samples
  }

  private mutating func load(_ system: String, into samples: inout Store) throws {
    var numberings: [Instant: Set<UInt32>] = [:]
    var saved = Instant(milliseconds: .min)
    for (name, end) in try store.chunkNames(of: system) {
      guard let (kind, began, bucket) = Kind.parse(name) else { continue }
      numberings[began, default: []].insert(bucket)
      // Those of series that are kept for longer do not tell when they were written.
      if kind != .labels, !system.hasSuffix(Self.long) { saved = max(saved, end) }
    }
    var newest: Numbering?
    var loaded: Set<SeriesID> = []
    for (began, buckets) in numberings.sorted(by: { $0.key < $1.key }) {
      var numbering = Numbering(began: began, lasts: kept, saved: saved)
      for bucket in buckets.sorted() {
        for (id, number) in try load(bucket, of: began, system: system, into: &samples) {
          loaded.insert(id)
          numbering.series[id] = Progress(number: number)
          numbering.next = max(numbering.next, number &+ 1)
        }
      }
      // A number that is not known any more because its block is damaged must not be another series'.
      numbering.next = max(numbering.next, (buckets.max() ?? 0) * Self.shared &+ Self.shared)
      newest = numbering
    }
    if var numbering = newest {
      for id in loaded {
        guard let until = samples.closedEnd(of: id) else { continue }
        numbering.series[id, default: Progress()].until = until
      }
      self.numberings[system] = numbering
    }
  }

  /// Loads the series that share rows; returns their numbers.
  private func load(
    _ bucket: UInt32, of began: Instant, system: String, into samples: inout Store
  ) throws -> [(SeriesID, UInt32)] {
    let first = bucket * Self.shared
    func rows(_ kind: Kind) throws -> [[UInt8]] {
      var rows: [[UInt8]] = []
      let name = kind.name(numbering: began, bucket: bucket)
      try store.readChunks(of: system, named: name, since: Instant(milliseconds: .min)) {
        rows.append($0.bytes)
      }
      return rows
    }
    let blocks = try rows(.closed) + rows(.open)
    var parts = [[(block: Int, place: Range<Int>)]](repeating: [], count: Int(Self.shared))
    for (index, block) in blocks.enumerated() {
      for part in SampleBlock.parts(of: block) where part.series / Self.shared == bucket {
        parts[Int(part.series - first)].append((index, part.place))
      }
    }
    var numbered: [(SeriesID, UInt32)] = []
    var bytes: [UInt8] = []
    for block in try rows(.labels) {
      for part in SampleBlock.parts(of: block) where part.series / Self.shared == bucket {
        // Names without samples are no series.
        let own = parts[Int(part.series - first)]
        guard !own.isEmpty, let labels = LabelBytes.read(block[part.place]) else { continue }
        let id = samples.reference(labels)
        numbered.append((id, part.series))
        bytes.removeAll(keepingCapacity: true)
        for part in own { bytes += blocks[part.block][part.place] }
        if samples.adopt(parts: bytes, of: id) { continue }
        // They overlap, because a save began anew.
        for part in own { samples.adopt(parts: Array(blocks[part.block][part.place]), of: id) }
      }
    }
    return numbered
  }

  /// What a row holds, as its name begins: `open/1794369600000/17/`.
  private enum Kind: String {
    case labels, closed, open

    func name(numbering: Instant, bucket: UInt32) -> String {
      "\(rawValue)/\(numbering.milliseconds)/\(bucket)/"
    }

    static func parse(_ name: String) -> (kind: Kind, numbering: Instant, bucket: UInt32)? {
      let parts = name.split(separator: "/")
      guard parts.count == 3, let kind = Kind(rawValue: String(parts[0])), let began = Int64(parts[1]),
        let bucket = UInt32(parts[2]), bucket < .max / SavedSamples.shared
      else { return nil }
      return (kind, Instant(milliseconds: began), bucket)
    }
  }

  // An alert's value can be a number that JSON has no word for.
  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    return decoder
  }
}
