import Values

/// Series behind an incident were copied into the journal: one piece of one system.
///
/// Pieces follow each other; ``copied`` says until where each selector's series are in, so that whoever goes on
/// writes nothing twice.
package struct EvidenceSampled: Fact {
  package static let kind = "evidence.sampled"

  /// Which bytes: a blob of the journal.
  package struct Blob: Codable, Equatable, Sendable {
    /// In lower-case hex.
    package let sha256: String
    package let bytes: Int
    /// `application/openmetrics-text; version=1.0.0`.
    package let type: String

    package init(sha256: String, bytes: Int, type: String) {
      self.sha256 = sha256
      self.bytes = bytes
      self.type = type
    }
  }

  /// A selector of PromQL, and of which time its series are in this piece.
  package struct Part: Codable, Equatable, Sendable {
    package let selector: String
    /// From then on, inclusive.
    package let from: Instant
    /// Up to then, exclusive.
    package let until: Instant

    package init(selector: String, from: Instant, until: Instant) {
      self.selector = selector
      self.from = from
      self.until = until
    }
  }

  /// A rule that fired, as it was written then: with it a reader draws what it judged.
  package struct Rule: Codable, Equatable, Sendable {
    package let rule: String
    package let expr: String

    package init(rule: String, expr: String) {
      self.rule = rule
      self.expr = expr
    }
  }

  /// An endpoint, and the selector of its own series.
  package struct Target: Codable, Equatable, Sendable {
    package let endpoint: String
    package let selector: String

    package init(endpoint: String, selector: String) {
      self.endpoint = endpoint
      self.selector = selector
    }
  }

  package let system: String
  /// Of the whole piece: from, inclusive, until, exclusive.
  package let from: Instant
  package let until: Instant
  package let series: Int
  package let samples: Int
  /// Nil when there was nothing to be copied.
  package let blob: Blob?
  package let copied: [Part]
  package let rules: [Rule]
  /// Endpoints whose own series are among them.
  package let endpoints: [Target]
  /// What did not get in, for the incident has its limit; nil when all did.
  package let leftOutSeries: Int?
  package let leftOutSamples: Int?
  /// What is missing otherwise, as whole sentences; nil when nothing is.
  package let missing: [String]?

  package init(
    system: String, from: Instant, until: Instant, series: Int, samples: Int, blob: Blob?, copied: [Part],
    rules: [Rule], endpoints: [Target], leftOutSeries: Int? = nil, leftOutSamples: Int? = nil,
    missing: [String]? = nil
  ) {
    self.system = system
    self.from = from
    self.until = until
    self.series = series
    self.samples = samples
    self.blob = blob
    self.copied = copied
    self.rules = rules
    self.endpoints = endpoints
    self.leftOutSeries = leftOutSeries
    self.leftOutSamples = leftOutSamples
    self.missing = missing
  }
}
