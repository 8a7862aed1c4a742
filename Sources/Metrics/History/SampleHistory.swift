/// Samples of many times, as pages with timestamps give them.
package struct SampleHistory: Sendable {
  package var store = Store()
  /// Samples taken, stale markers among them.
  package private(set) var samples = 0
  /// Samples that stand behind a newer one of their series, or contradict one of the same time.
  package private(set) var refused = 0
  /// Samples without a time: nobody knows when they were.
  package private(set) var undated = 0
  /// Milliseconds since 1970; nil while nothing was taken.
  package private(set) var first: Int64?
  package private(set) var last: Int64?

  package init() {}

  /// Takes a sample.
  package mutating func add(_ id: SeriesID, t: Int64, v: Double) {
    guard store.append(ref: id, t: t, v: v) else {
      refused &+= 1
      return
    }
    samples &+= 1
    first = min(first ?? t, t)
    last = max(last ?? t, t)
  }

  /// Takes all samples of a page. Linear; quickest where those of one series stand together, as OpenMetrics asks.
  /// What stands before a bad line was taken when it throws.
  ///
  /// A value written `nan` is a stale marker, as ``OpenMetricsText`` writes it; any other spelling is a number that
  /// is none.
  ///
  /// - Parameter isCancelled: asked now and then; true ends it early.
  package mutating func read(
    _ body: [UInt8], format: Exposition.Format, limits: Exposition.Limits = Exposition.Limits(),
    isCancelled: () -> Bool = { false }
  ) throws(ExpositionError) {
    // A byte behind the page gives an empty one an address, too.
    let result: Result<Void, ExpositionError> = (body + [0]).withUnsafeBytes { buffer in
      guard let view = ByteView(UnsafeRawBufferPointer(rebasing: buffer.dropLast())) else {
        return .success(())
      }
      do throws(ExpositionError) {
        return .success(try read(view, format, limits, isCancelled))
      } catch { return .failure(error) }
    }
    try result.get()
  }

  private mutating func read(
    _ view: ByteView, _ format: Exposition.Format, _ limits: Exposition.Limits, _ isCancelled: () -> Bool
  ) throws(ExpositionError) {
    var scanner = PageScanner(view, format: format, limits: limits)
    var known: (id: SeriesID, start: Int, length: Int)?
    var count = 0
    while !scanner.atEnd {
      switch try scanner.readLine() {
      case .nothing, .comment: continue
      case .metadata:
        // It may change what the same bytes mean.
        known = nil
        continue
      case .end: return
      case .sample: break
      }
      count &+= 1
      if count & 0xFFFF == 0, isCancelled() { return }
      guard count <= limits.samples else {
        throw scanner.failure("there are more than \(limits.samples) samples", at: scanner.lineStart)
      }
      guard let time = scanner.timestamp else {
        undated &+= 1
        continue
      }
      let (start, length) = (scanner.lineStart, scanner.valueStart &- scanner.lineStart)
      let id: SeriesID
      if let known, known.length == length, view.equals(at: start, view, at: known.start, length: length) {
        id = known.id
      } else {
        id = store.reference(scanner.series.labels(in: view))
        known = (id, start, length)
      }
      let isStale = scanner.value.isNaN && view[scanner.valueStart] == UInt8(ascii: "n")
      add(id, t: time, v: isStale ? staleNaN : scanner.value)
    }
    guard format != .openMetrics else { throw scanner.failure("the page does not end with # EOF") }
  }
}
