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
    var seen: Set<Labels> = []
    /// Where the page's samples are among ``samples``; nil for duplicates.
    var places: [Int?] = []
    for (index, (number, value)) in zip(reading.numbers, reading.values).enumerated() {
      let place = Int(number)
      let sample = Sample(
        labels.indices.contains(place) ? labels[place] : .empty, value,
        timestamp: reading.timestamps.indices.contains(index) ? reading.timestamps[index] : nil)
      // Samples with times of their own may belong to one series; without them, the first counts.
      guard sample.timestamp != nil || seen.insert(sample.labels).inserted else {
        duplicates += 1
        places.append(nil)
        continue
      }
      places.append(samples.count)
      samples.append(sample)
    }
    types = reading.metadata?.types ?? [:]
    help = reading.metadata?.help ?? [:]
    units = reading.metadata?.units ?? [:]
    exemplars = reading.exemplars.compactMap { exemplar in
      guard places.indices.contains(exemplar.sample), let place = places[exemplar.sample] else { return nil }
      var exemplar = exemplar
      exemplar.sample = place
      return exemplar
    }
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
