/// What a page of metrics said.
package struct Scrape: Sendable {
  package var samples: [ScrapedSample] = []
  /// By metric family, the word after `# TYPE`: `counter`, `gauge`, `histogram`, `summary`, `untyped`, ...
  package var types: [String: String] = [:]
  package var help: [String: String] = [:]
  package var units: [String: String] = [:]
  package var exemplars: [Exemplar] = []
  /// How many samples named a series that an earlier line had named already; the first one counts.
  package var duplicates = 0

  package init() {}
}

extension Scrape {
  /// A page by itself, read by a memory that knew nothing before.
  package init(_ reading: PageReading) {
    let labels = reading.new.labels
    samples = zip(reading.numbers, reading.values).enumerated().map { index, sample in
      let place = Int(sample.0)
      return Sample(
        labels.indices.contains(place) ? labels[place] : .empty, sample.1,
        timestamp: reading.timestamps.indices.contains(index) ? reading.timestamps[index] : nil)
    }
    types = reading.metadata?.types ?? [:]
    help = reading.metadata?.help ?? [:]
    units = reading.metadata?.units ?? [:]
    exemplars = reading.exemplars
    duplicates = reading.duplicates
  }
}

/// One line of a page; a timestamp in milliseconds only when the line had one.
package typealias ScrapedSample = Sample

/// Why a page cannot be used: one bad line fails the whole of it.
package struct ExpositionError: Error, Hashable, Sendable {
  /// 1-based.
  package let line: Int
  /// A whole sentence about the line.
  package let what: String

  package init(line: Int, what: String) {
    self.line = line
    self.what = what
  }
}

extension ExpositionError: CustomStringConvertible {
  package var description: String { "line \(line): \(what)" }
}
