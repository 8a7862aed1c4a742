import Metrics
import Values

/// A script of evaluation tests in the format of Prometheus' own: loads, evaluations and what they must yield.
package struct TestScript: Sendable {
  package struct Command: Sendable {
    /// 1-based.
    package let line: Int
    package let work: Work
  }

  package enum Work: Sendable {
    case clear
    /// Adds series; `step` in milliseconds. Some loads also make native histograms of classic ones.
    case load(step: Int64, [SeriesNotation], addsHistograms: Bool)
    case evaluate(Case)
  }

  /// One evaluation.
  package struct Case: Sendable {
    package enum When: Sendable {
      /// Milliseconds since 1970.
      case instant(Int64)
      case range(from: Int64, to: Int64, step: Int64)
    }

    package let when: When
    package let text: String
    package var expected: [Expectation] = []
    package var fails: TextExpectation?
    /// Every warning must fit one of these; nil when warnings are not looked at. The same for infos.
    package var warnings: [TextExpectation]?
    package var infos: [TextExpectation]?
    package var isOrdered = false
    package var string: String?
    /// For an evaluation that yields a range vector: its expected times.
    package var times: (from: Int64, to: Int64, step: Int64)?
  }

  package enum Expectation: Sendable {
    case scalar(Double)
    case series(SeriesNotation)
  }

  /// What a message must say.
  package enum TextExpectation: Hashable, Sendable {
    case anything
    case message(String)
    case pattern(String)
  }

  /// As given when it was read; outcomes name it.
  package var file = ""
  package var commands: [Command] = []
}
