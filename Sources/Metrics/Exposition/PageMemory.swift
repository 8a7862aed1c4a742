/// One target's pages: the last one's lines, so that the next one, which mostly has the same series in the
/// same order, is compared and not read.
///
/// A value without surprises: for any sequence of pages, ``read(_:)`` says what a fresh memory would say of
/// each, but for the numbers, which stay from page to page.
package struct PageMemory: Sendable {
  /// A line of the last page. A sample's goes up to where its value begins, any other's up to its end.
  struct Line {
    var start: UInt32
    var length: UInt32
    /// Of its series; negative when it is no sample.
    var number: Int32
    /// For a sample, in force on the line; for `# TYPE`, behind it.
    var bounds: BoundLabel
    var kind: Kind

    enum Kind: UInt8 {
      case sample, timed, duplicate, type, metadata, nothing

      @inline(__always) var isSample: Bool { rawValue <= Kind.duplicate.rawValue }
    }
  }

  /// Places in a page are 32 bits wide.
  private static let largestBody = 1 << 29
  static let largestText = 1 << 30

  private let seed: UInt64
  private var restarts: UInt64 = 0
  package let format: Exposition.Format
  package let limits: Exposition.Limits
  /// All series so far, and the texts of ``lines``.
  var catalogue = SeriesCatalogue()
  var table = SeriesTable()
  var lines: [Line] = []
  var numbers: [Int32] = []
  /// The length of all ``lines``.
  var lineBytes = 0
  var duplicates = 0
  var shape: UInt64 = 0
  /// By number: its line in ``lines``, and the reading in which it was last seen.
  var placeOf: [UInt32] = []
  var seenIn: [UInt32] = []
  var reading: UInt32 = 0
  var metadataHash: UInt64 = 0
  /// The sum of all looks ahead into the table, so that they are not left out as useless.
  var glances: UInt32 = 0
  var metadata: PageMetadata?

  /// - Parameter generation: no two memories may be given numbers nearer than 2^32.
  package init(format: Exposition.Format, limits: Exposition.Limits = .init(), generation: UInt64 = 0) {
    self.format = format
    self.limits = limits
    seed = generation
    startOver()
  }

  package var generation: UInt64 { seed &+ restarts }

  /// Reads a page. Linear in its size, and quickest for lines that the last one had; the first bad line fails
  /// all of it, and leaves the memory as if the page had not been.
  package mutating func read(_ body: [UInt8]) throws(ExpositionError) -> PageReading {
    guard body.count <= min(limits.body, Self.largestBody) else {
      throw ExpositionError(
        line: 1, what: "the page has \(body.count) bytes; the limit is \(min(limits.body, Self.largestBody))")
    }
    let known = catalogue.count
    let result = attempt(body)
    switch result {
    case .success(let reading):
      guard isWasteful else { return reading }
      startOver()
      return try attempt(body).get()
    case .failure(let error):
      // Numbers that nobody was told of would never be.
      if catalogue.count != known { startOver() }
      throw error
    }
  }

  private mutating func attempt(_ body: [UInt8]) -> Result<PageReading, ExpositionError> {
    reading &+= 1
    return body.withUnsafeBytes { buffer in
      if let view = ByteView(buffer) { return readAll(view) }
      // An array without any storage; a page of nothing is as good as any.
      return withUnsafeBytes(of: UInt8(0)) { nothing in
        ByteView(UnsafeRawBufferPointer(rebasing: nothing[..<0])).map { readAll($0) }
          ?? .failure(ExpositionError(line: 1, what: "the page is empty"))
      }
    }
  }

  private mutating func readAll(_ view: ByteView) -> Result<PageReading, ExpositionError> {
    do throws(ExpositionError) { return .success(try readPage(view)) } catch { return .failure(error) }
  }

  /// Whether most of what is remembered belongs to no page any more.
  private var isWasteful: Bool {
    catalogue.count > 2 * numbers.count + 1000
      || catalogue.bytes.count > 4 * lineBytes + 65536
      || reading == .max
  }

  private mutating func startOver() {
    restarts &+= 1
    catalogue = SeriesCatalogue()
    catalogue.format = format
    catalogue.bytes = SeriesCatalogue.prefix
    table = SeriesTable()
    lines = []
    numbers = []
    lineBytes = 0
    placeOf = []
    seenIn = []
    reading = 1
    metadataHash = 0
    metadata = nil
  }
}
