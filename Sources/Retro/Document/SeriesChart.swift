import Values

/// Lines over time with what they were judged by: thresholds, spans of firing, events.
package struct SeriesChart: Equatable, Sendable {
  package struct Point: Equatable, Sendable {
    package var at: Instant
    /// Nil: no data, which is a gap and never a zero.
    package var value: Double?

    package init(_ at: Instant, _ value: Double?) {
      self.at = at
      self.value = value
    }
  }

  package struct Line: Equatable, Sendable {
    package var name: String
    /// In order of time.
    package var points: [Point]

    package init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  package struct Threshold: Equatable, Sendable {
    /// `PackErrorRatePage ≥ 5 %`.
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// While an alert fired.
  package struct Firing: Equatable, Sendable {
    package var name: String
    package var from: Instant
    /// Nil: it fires still.
    package var until: Instant?

    package init(name: String, from: Instant, until: Instant?) {
      self.name = name
      self.from = from
      self.until = until
    }
  }

  package struct Mark: Equatable, Sendable {
    package var name: String
    package var at: Instant

    package init(name: String, at: Instant) {
      self.name = name
      self.at = at
    }
  }

  package var title: String
  package var unit: Figure.Unit
  package var from: Instant
  package var until: Instant
  package var lines: [Line]
  package var thresholds: [Threshold]
  package var firing: [Firing]
  package var marks: [Mark]
  /// What one has to know to read it, as a whole sentence; empty for nothing.
  package var remark: String

  package init(
    title: String, unit: Figure.Unit = .none, from: Instant, until: Instant, lines: [Line],
    thresholds: [Threshold] = [], firing: [Firing] = [], marks: [Mark] = [], remark: String = ""
  ) {
    self.title = title
    self.unit = unit
    self.from = from
    self.until = until
    self.lines = lines
    self.thresholds = thresholds
    self.firing = firing
    self.marks = marks
    self.remark = remark
  }
}
