/// One target's pages: the last one's lines, so that the next one, which mostly has the same series in the
/// same order, is compared and not read.
///
/// A value without surprises: for any sequence of pages, ``read(_:)`` says what a fresh memory would say of
/// each, but for the numbers, which stay from page to page.
package struct PageMemory: Sendable {
  static let largestBody = PageLine.longest
  static let largestText = 1 << 30

  private let seed: UInt64
  private var restarts: UInt64 = 0
  package let format: Exposition.Format
  package let limits: Exposition.Limits
  /// Whether a sample without a metric's name fails the page, as it fails a scrape of Prometheus.
  let requiresNames: Bool
  /// All series so far, and the texts of ``lines``.
  var catalogue = SeriesCatalogue()
  /// Nil until a page differs from the one before.
  var finder: SeriesFinder?
  var lines: [PageLine] = []
  /// Of the samples among ``lines``.
  var numbers: [Int32] = []
  /// The length of all ``lines``.
  var lineBytes = 0
  var shape: UInt64 = 0
  var metadataHash: UInt64 = 0
  var metadata: PageMetadata?

  /// - Parameter generation: no two memories may be given numbers nearer than 2^32.
  package init(format: Exposition.Format, limits: Exposition.Limits = .init(), generation: UInt64 = 0) {
    self.init(format: format, limits: limits, generation: generation, requiresNames: true)
  }

  init(
    format: Exposition.Format, limits: Exposition.Limits, generation: UInt64 = 0, requiresNames: Bool
  ) {
    self.format = format
    self.limits = limits
    self.requiresNames = requiresNames
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
    body.withUnsafeBytes { buffer in
      if let view = ByteView(buffer) { return readAll(view, of: body) }
      // An array without any storage; a page of nothing is as good as any.
      return withUnsafeBytes(of: UInt8(0)) { nothing in
        ByteView(UnsafeRawBufferPointer(rebasing: nothing[..<0])).map { readAll($0, of: body) }
          ?? .failure(ExpositionError(line: 1, what: "the page is empty"))
      }
    }
  }

  private mutating func readAll(
    _ view: ByteView, of body: [UInt8]
  ) -> Result<PageReading, ExpositionError> {
    do throws(ExpositionError) {
      return .success(try readPage(view, of: body))
    } catch {
      return .failure(error)
    }
  }

  /// Whether most of what is remembered belongs to no page any more.
  private var isWasteful: Bool {
    catalogue.count > 2 * numbers.count + 1000
      || catalogue.bytes.count > 4 * lineBytes + 65536
  }

  private mutating func startOver() {
    restarts &+= 1
    catalogue = SeriesCatalogue()
    catalogue.format = format
    finder = nil
    lines = []
    numbers = []
    lineBytes = 0
    metadataHash = 0
    metadata = nil
  }
}
