import Alerting
import Foundation
import Journal
import Metrics
import Values
import Watch

/// Samples and pending timers to and from `metrics.db`.
///
/// A save writes what is new since the one before, in blocks of many series (``SampleBlock``): a hundred thousand
/// series cost a hundred rows. Series are numbered, and the numbers named in blocks of their own; once all samples of
/// the beginning are too old they are numbered anew, so that names that nothing refers to any more can be deleted.
package enum SavedSamples {
  /// Blocks are about this long, in bytes.
  private static let blockSize = 256 << 10

  /// Writes what is new of each system's store since it was written last.
  package struct Writer {
    /// One numbering of a system's series.
    private struct Numbering {
      let began: Instant
      /// When it was written last.
      var saved = Instant(milliseconds: .min)
      var numbers: [SeriesID: UInt32] = [:]
      /// The time of the newest sample that is written. Answers come late, so each series has its own.
      var until: [SeriesID: Int64] = [:]
      /// How many blocks there are so far.
      var blocks = 0
    }

    private let store: SampleStore
    private var numberings: [String: Numbering] = [:]
    /// The longest of the retentions of all systems.
    private var kept = Span.hours(1)

    package init(_ store: SampleStore) {
      self.store = store
    }

    /// What was loaded need not be written again.
    package mutating func adopt(_ samples: Store, of system: String, at now: Instant) {
      var numbering = Numbering(began: now)
      for id in samples.select([]) { numbering.until[id] = samples.last(of: id)?.t }
      numberings[system] = numbering
    }

    /// Throws what ``SampleStore`` throws; then all of it is tried again the next time.
    package mutating func save(_ saved: SavedSystem, of system: String, at now: Instant) throws {
      // Timers first: they are few, and say what fires.
      let encoder = SavedSamples.encoder
      let pending = try saved.alerts.map { alert in
        SampleStore.Pending(
          system: system, rule: alert.rule,
          labels: String(decoding: try encoder.encode(alert.labels), as: UTF8.self),
          activeAt: alert.activeAt, state: Array(try encoder.encode(alert)))
      }
      try store.savePending(pending, of: system)
      kept = max(kept, saved.retention)
      var numbering = numberings[system] ?? Numbering(began: now)
      // A clock that was set back begins anew, too.
      if now < numbering.saved || now - numbering.began > kept {
        var next = Numbering(began: now)
        if now >= numbering.saved { next.until = numbering.until }
        numbering = next
      }
      let chunks = chunks(of: saved.store, system: system, in: &numbering, at: now)
      try store.saveChunks(chunks)
      numbering.saved = now
      numberings[system] = numbering
      while try store.deleteBefore(now - kept) > 0 {}
    }

    /// What is new in `samples`, in blocks; series that were not numbered yet are.
    private func chunks(
      of samples: Store, system: String, in numbering: inout Numbering, at now: Instant
    ) -> [SampleStore.Chunk] {
      var chunks: [SampleStore.Chunk] = []
      let began = numbering.began
      let before = numbering.until
      numbering.until = [:]
      func chunk(_ kind: Kind, _ bytes: [UInt8], end: Instant) -> SampleStore.Chunk {
        numbering.blocks += 1
        return SampleStore.Chunk(
          system: system, name: kind.name(numbering: began, block: numbering.blocks),
          start: kind == .labels ? began : now, end: end, bytes: bytes)
      }
      var names = LabelBlock()
      var block = SampleBlock()
      var points: [Point] = []
      for id in samples.select([]) {
        points.removeAll(keepingCapacity: true)
        // After the clock was set back, what is known of a series may lie ahead of all that it has.
        let after = before[id].flatMap { $0 <= now.milliseconds ? $0 : nil } ?? .min
        samples.read(id, after: after, through: .max, into: &points)
        numbering.until[id] = points.last?.t ?? before[id]
        guard !points.isEmpty else { continue }
        let number: UInt32
        if let known = numbering.numbers[id] {
          number = known
        } else if let labels = samples.labels(of: id) {
          number = UInt32(truncatingIfNeeded: numbering.numbers.count)
          numbering.numbers[id] = number
          names.add(labels, as: number)
        } else {
          continue
        }
        block.add(points, of: number)
        if block.bytes.count >= SavedSamples.blockSize {
          chunks.append(chunk(.samples, block.bytes, end: now))
          block = SampleBlock()
        }
        if names.bytes.count >= SavedSamples.blockSize {
          chunks.append(chunk(.labels, names.bytes, end: began + kept))
          names = LabelBlock()
        }
      }
      if !block.bytes.isEmpty { chunks.append(chunk(.samples, block.bytes, end: now)) }
      if !names.bytes.isEmpty { chunks.append(chunk(.labels, names.bytes, end: began + kept)) }
      return chunks
    }
  }

  /// All that was saved of a system. Linear in samples.
  package static func load(_ system: String, from store: SampleStore) throws -> SavedSystem {
    var samples = Store()
    var names: [String: [UInt32: Labels]] = [:]
    var known: [String: [UInt32: SeriesID]] = [:]
    try store.readChunks(of: system, named: Kind.labels.rawValue, since: Instant(milliseconds: .min)) {
      chunk in
      guard let numbering = Kind.numbering(of: chunk.name) else { return }
      LabelBlock.read(chunk.bytes) { names[numbering, default: [:]][$0] = $1 }
    }
    try store.readChunks(of: system, named: Kind.samples.rawValue, since: Instant(milliseconds: .min)) {
      chunk in
      guard let numbering = Kind.numbering(of: chunk.name), let labels = names[numbering] else { return }
      var ids = known.removeValue(forKey: numbering) ?? [:]
      SampleBlock.read(chunk.bytes) { number, points in
        // Names without samples are no series.
        guard let id = ids[number] ?? labels[number].map({ samples.reference($0) }) else { return }
        ids[number] = id
        for point in points { samples.append(ref: id, t: point.t, v: point.v) }
      }
      known[numbering] = ids
    }
    let decoder = Self.decoder
    let alerts = try store.loadPending(of: system).compactMap {
      try? decoder.decode(PersistedAlert.self, from: Data($0.state))
    }
    return SavedSystem(store: samples, alerts: alerts)
  }

  /// What a chunk holds, as its name begins: `samples/1794369600000/17`.
  private enum Kind: String {
    case labels, samples

    func name(numbering: Instant, block: Int) -> String { "\(rawValue)/\(numbering.milliseconds)/\(block)" }

    static func numbering(of name: String) -> String? {
      let parts = name.split(separator: "/")
      return parts.count == 3 ? String(parts[1]) : nil
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
