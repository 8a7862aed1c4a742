/// Samples that were read and whose series have not been looked up yet. On a first page many are looked up
/// together, so that their waits for memory overlap.
struct PendingSamples {
  struct Sample {
    let hash: UInt64
    let value: Double
    let timestamp: Int64?
    /// The beginning of the line, up to the value.
    let lineStart: Int
    let length: Int
    /// Where its labels end in ``places``, and its changed texts in ``changed``.
    let placesEnd: Int
    let changedEnd: Int
    let bounds: BoundLabel
    let hasExemplar: Bool
  }

  private(set) var samples: [Sample] = []
  /// Labels by their places in the page; in ``changed`` where complements.
  private(set) var places: [SeriesTexts.Place] = []
  private(set) var changed: [UInt8] = []
  /// Of those samples that have one, in order.
  private(set) var exemplars: [Exemplar] = []

  /// How many may wait together.
  static let limit = 64

  var isEmpty: Bool { samples.isEmpty }
  var count: Int { samples.count }

  /// Takes the line that was just read.
  @inline(__always) mutating func append(_ scanner: borrowing PageScanner) {
    scanner.series.append(to: &places, changedAt: changed.count)
    if !scanner.series.changed.isEmpty { changed += scanner.series.changed }
    if let exemplar = scanner.exemplar { exemplars.append(exemplar) }
    samples.append(
      Sample(
        hash: scanner.series.hash, value: scanner.value, timestamp: scanner.timestamp,
        lineStart: scanner.lineStart, length: scanner.valueStart &- scanner.lineStart,
        placesEnd: places.count, changedEnd: changed.count, bounds: scanner.bounds,
        hasExemplar: scanner.exemplar != nil))
  }

  mutating func removeAll() {
    samples.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    if !changed.isEmpty { changed.removeAll(keepingCapacity: true) }
    if !exemplars.isEmpty { exemplars.removeAll(keepingCapacity: true) }
  }
}

extension SeriesTexts {
  /// Adds a series whose labels lie in `places`: those in the page `distance` bytes further, the changed ones
  /// at `changedAt`.
  @inline(__always) mutating func append(
    _ labels: some Collection<Place>, movedBy distance: Int, changedAt: Int
  ) {
    let distance = Int32(truncatingIfNeeded: distance)
    let changedAt = Int32(truncatingIfNeeded: changedAt)
    for label in labels {
      places.append(
        Place(
          name: label.name == .min ? 0 : label.name < 0 ? ~label.name &+ changedAt : label.name &+ distance,
          nameCount: label.nameCount,
          value: label.value < 0 ? ~label.value &+ changedAt : label.value &+ distance,
          valueCount: label.valueCount))
    }
    ends.append(Int32(truncatingIfNeeded: places.count))
  }
}
