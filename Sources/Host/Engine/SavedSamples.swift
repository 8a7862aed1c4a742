import Alerting
import Foundation
import Journal
import Metrics
import Values
import Watch

/// Samples and pending timers to and from `metrics.db`.
///
/// A chunk holds pairs of 8-byte little-endian numbers: milliseconds, and the value's bits.
package enum SavedSamples {
  /// Older samples answer no rule.
  package static let kept = Span.hours(2)

  package static func save(
    _ saved: SavedSystem, of system: String, to store: SampleStore, since: Instant, at now: Instant
  ) throws {
    let encoder = Self.encoder
    func text(_ labels: Labels) throws -> String {
      String(decoding: try encoder.encode(labels), as: UTF8.self)
    }
    var chunks: [SampleStore.Chunk] = []
    for (labels, points) in saved.series {
      guard let first = points.first, let last = points.last else { continue }
      chunks.append(
        SampleStore.Chunk(
          system: system, labels: try text(labels), start: Instant(milliseconds: first.t),
          end: Instant(milliseconds: last.t), bytes: encode(points)))
    }
    try store.saveChunks(chunks)
    try store.savePending(
      try saved.alerts.map { alert in
        SampleStore.Pending(
          system: system, rule: alert.rule, labels: try text(alert.labels),
          activeAt: alert.activeAt, state: Array(try encoder.encode(alert)))
      }, of: system)
    try store.deleteBefore(now - kept)
  }

  package static func load(_ system: String, from store: SampleStore, at now: Instant) throws -> SavedSystem {
    let decoder = Self.decoder
    var series: [Labels: [Point]] = [:]
    for chunk in try store.loadChunks(of: system, since: now - kept) {
      guard let labels = try? decoder.decode(Labels.self, from: Data(chunk.labels.utf8)) else {
        continue
      }
      series[labels, default: []] += decode(chunk.bytes)
    }
    let alerts = try store.loadPending(of: system).compactMap {
      try? decoder.decode(PersistedAlert.self, from: Data($0.state))
    }
    return SavedSystem(series: series.map { ($0.key, $0.value) }, alerts: alerts)
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

  private static func encode(_ points: [Point]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(points.count * 16)
    for point in points {
      withUnsafeBytes(of: point.t.littleEndian) { bytes.append(contentsOf: $0) }
      withUnsafeBytes(of: point.v.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// What is cut off in the middle of a point is left out.
  private static func decode(_ bytes: [UInt8]) -> [Point] {
    func number(at offset: Int) -> UInt64 {
      bytes[offset..<(offset + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    return stride(from: 0, to: bytes.count - bytes.count % 16, by: 16).map { offset in
      Point(t: Int64(bitPattern: number(at: offset)), v: Double(bitPattern: number(at: offset + 8)))
    }
  }
}
