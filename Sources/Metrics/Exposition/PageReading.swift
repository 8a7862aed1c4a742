/// What one reading of a target's page said, by the target's own numbers for its series.
package struct PageReading: Sendable {
  /// Numbers mean the same series as long as this stays. No two memories share one.
  package var generation: UInt64 = 0
  /// Two readings of the same generation and shape have the same ``numbers``, and the same of their samples
  /// have times of their own.
  package var shape: UInt64 = 0
  /// The series of each sample, in the order of the page. Shared with the reading before where the page has
  /// the same lines. One series may have several numbers, if it is written in several ways, and a page may name
  /// it several times: of its samples without a time the first one counts, as in every store.
  package var numbers: [Int32] = []
  package var values: [Double] = []
  /// Milliseconds, where a sample had a time of its own; empty when none had.
  package var timestamps: [Int64?] = []
  /// The number of the first series in ``new``; all below it were told of before.
  package var firstNew: Int32 = 0
  /// The series first seen in this page, by their numbers.
  package var new = SeriesTexts()
  /// Nil when it is what the last reading of this memory said.
  package var metadata: PageMetadata?
  /// The first ones, up to ``Exposition/Limits/exemplars``.
  package var exemplars: [Exemplar] = []
  /// Every series of this generation, for a reader who missed a page.
  package var catalogue = SeriesCatalogue()

  package init() {}

  /// Samples in the page, those of a series named before included, as Prometheus counts them.
  package var samplesScraped: Int { numbers.count }
}

extension PageReading: Hashable {
  package static func == (a: Self, b: Self) -> Bool {
    a.generation == b.generation && a.shape == b.shape && a.numbers == b.numbers && a.values == b.values
      && a.timestamps == b.timestamps
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(generation)
    hasher.combine(shape)
    hasher.combine(values)
  }
}

/// `# TYPE`, `# HELP` and `# UNIT`, by metric family.
package struct PageMetadata: Hashable, Sendable {
  /// The word after `# TYPE`: `counter`, `gauge`, `histogram`, `summary`, `untyped`, ...
  package var types: [String: String] = [:]
  package var help: [String: String] = [:]
  package var units: [String: String] = [:]

  package init() {}
}

/// A sample's example, mostly the trace of one request.
package struct Exemplar: Hashable, Sendable {
  /// Which of the page's samples it belongs to.
  package var sample: Int
  package var labels: Labels
  package var value: Double
  /// Milliseconds.
  package var timestamp: Int64?

  package init(sample: Int, labels: Labels, value: Double, timestamp: Int64? = nil) {
    self.sample = sample
    self.labels = labels
    self.value = value
    self.timestamp = timestamp
  }
}
