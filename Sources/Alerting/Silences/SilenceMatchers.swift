import Metrics
import Values

/// The matchers of one silence: an alert is silenced when all of them match it.
package struct SilenceMatchers: Hashable, Sendable {
  package let matchers: [Matcher]

  /// Reads text as a person or `amtool` writes it: `alertname="QueueBacklog", queue=~"bill.*"`.
  ///
  /// Refused with a whole sentence: text that is no matcher, and, as in Alertmanager, matchers that all match
  /// a missing label, for these say nothing of what they are meant for.
  package init(_ text: String) throws(Objection) {
    do throws(MatcherText.Wrong) {
      matchers = try MatcherText.parse(text)
    } catch {
      throw Objection(
        sentence: "These are no matchers: \(error.what). Write one such as alertname=\"QueueBacklog\".")
    }
    guard matchers.contains(where: { !$0.matches("") }) else {
      let what = texts.joined(separator: ", ")
      throw Objection(
        sentence:
          "\(what) matches whatever lacks such a label, so every alert. Name a value that must be there.")
    }
  }

  /// Of a silence as it was stored; nil when one of its matchers cannot be read, for then it hides nothing.
  package init?(stored: [String]) {
    var matchers: [Matcher] = []
    for text in stored {
      guard let matcher = LabelMatcher(text) else { return nil }
      matchers.append(matcher.matcher)
    }
    guard !matchers.isEmpty else { return nil }
    self.matchers = matchers
  }

  package func matches(_ labels: Labels) -> Bool { matchers.allSatisfy { $0.matches(labels) } }

  /// Each as text that reads back the same.
  package var texts: [String] { matchers.map(\.description) }

  /// Matches exactly the alert with these labels: one `=` for each but the level, which may change.
  package static func exactly(_ labels: [String: String]) -> String {
    let shown = labels.filter { !["severity"].contains($0.key) }
      .sorted { ($0.key == "alertname" ? 0 : 1, $0.key) < ($1.key == "alertname" ? 0 : 1, $1.key) }
    return shown.map { Matcher($0.key, $0.value).description }.joined(separator: ", ")
  }
}

extension SilenceMatchers {
  /// Why matchers cannot be a silence's, as a whole sentence.
  package struct Objection: Error, Hashable, Sendable {
    package let sentence: String
  }

  /// Whether they hide whatever fires: names and values that nobody has thought of yet included.
  package var matchesEverything: Bool {
    ["a", "Zz9_qx", "0.1:-/ é"].allSatisfy { value in matchers.allSatisfy { $0.matches(value) } }
  }

  /// Whether an alert of that name can be among those that match, whatever its other labels are.
  package func couldMatch(rule: String) -> Bool {
    matchers.allSatisfy { $0.name != "alertname" || $0.matches(rule) }
  }
}
