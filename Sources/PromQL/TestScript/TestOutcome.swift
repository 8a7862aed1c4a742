/// What became of one evaluation of a test script.
package struct TestOutcome: Hashable, Sendable {
  package enum Verdict: Hashable, Sendable {
    case passed
    /// What was expected and what came.
    case failed(String)
    /// Not tried: it needs something that is not read here.
    case skipped(Skip)
  }

  /// Why an evaluation was not tried.
  package struct Skip: Hashable, Sendable {
    package let reason: Reason
    /// What in the case made it so.
    package let detail: String
  }

  /// The only reasons for which an evaluation is not tried.
  package enum Reason: String, Hashable, CaseIterable, Sendable {
    case nativeHistograms = "native histograms ({{…}} samples) are not read"
    case customBuckets = "load_with_nhcb makes native histograms, which are not read"
    case trims = "</ and >/ trim native histograms, which are not read"
    case startTimestamps = "start timestamps (@st) are not read"
    case typeAndUnit = "__type__ and __unit__ are labels like others here: they stay where the name goes"

    package var tier: Tier {
      switch self {
      case .nativeHistograms, .customBuckets, .trims: .nativeHistograms
      case .startTimestamps: .startTimestamps
      case .typeAndUnit: .typeAndUnit
      }
    }
  }

  /// Which part of the language an evaluation is about.
  package enum Tier: String, Hashable, CaseIterable, Sendable {
    /// Floats and what Prometheus calls stable.
    case stable = "A"
    /// What the option `experimental` enables.
    case experimental = "B"
    case nativeHistograms = "N"
    case startTimestamps = "S"
    case typeAndUnit = "T"
  }

  package let file: String
  /// 1-based.
  package let line: Int
  /// The expression.
  package let text: String
  package let tier: Tier
  package let verdict: Verdict
}

extension TestOutcome: CustomStringConvertible {
  /// `file:line: expression: failed: why`.
  package var description: String {
    let start = "\(file):\(line): \(text): "
    return switch verdict {
    case .passed: start + "passed"
    case .failed(let why): start + "failed: " + why
    case .skipped(let skip): start + "skipped: \(skip.reason.rawValue) (\(skip.detail))"
    }
  }
}

/// The outcomes of one or more scripts, counted.
package struct TestReport: Sendable {
  package var outcomes: [TestOutcome]

  package init(_ outcomes: [TestOutcome] = []) { self.outcomes = outcomes }

  package var passed: Int { outcomes.count { $0.verdict == .passed } }

  package var failures: [TestOutcome] {
    outcomes.filter { if case .failed = $0.verdict { true } else { false } }
  }

  package var skips: [TestOutcome] {
    outcomes.filter { if case .skipped = $0.verdict { true } else { false } }
  }

  /// `3 passed, 0 failed, 1 skipped`.
  package var summary: String { "\(passed) passed, \(failures.count) failed, \(skips.count) skipped" }

  /// How many evaluations were skipped for each reason that occurred, in a fixed order.
  package var skipsByReason: [(reason: TestOutcome.Reason, count: Int)] {
    TestOutcome.Reason.allCases.compactMap { reason in
      let count = outcomes.count {
        if case .skipped(let skip) = $0.verdict { skip.reason == reason } else { false }
      }
      return count > 0 ? (reason, count) : nil
    }
  }

  /// The report of each tier that occurred, in a fixed order.
  package var byTier: [(tier: TestOutcome.Tier, report: TestReport)] {
    TestOutcome.Tier.allCases.compactMap { tier in
      let found = outcomes.filter { $0.tier == tier }
      return found.isEmpty ? nil : (tier, TestReport(found))
    }
  }
}
