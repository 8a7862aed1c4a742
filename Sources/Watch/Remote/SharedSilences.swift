import Alerting
import Incidents
import Metrics
import Values

/// Keeps our silences in an Alertmanager: made there, expired there, and ended here when somebody expires one
/// there.
///
/// Which is which stands in the comment, as `why [midwatch 9f3a61c2 nova-rms SIL-3]`, so that neither a restart
/// nor a lost answer makes a second one; whoever reads it there knows where it came from.
struct SharedSilences: Sendable {
  enum Step: Equatable, Sendable {
    case set(key: String, PostableSilence)
    case expire(id: String)
    /// Somebody expired it there.
    case end(key: String)
  }

  let system: String
  /// Of the journal, so that another watch of the same system is left alone.
  let origin: String
  private(set) var remote: [ReportedSilence] = []

  init(system: String, origin: String) {
    self.system = system
    self.origin = origin
  }

  private var prefix: String { "[midwatch \(origin.prefix(8)) \(system) " }

  private func mark(_ key: String) -> String { "\(prefix)\(key)]" }

  /// The key of our silence that this one stands for; nil for anybody else's.
  func key(of silence: ReportedSilence) -> String? {
    guard silence.comment.hasSuffix("]"),
      let range = silence.comment.ranges(of: prefix).last
    else { return nil }
    let key = silence.comment[range.upperBound...].dropLast()
    return key.isEmpty || key.contains(" ") ? nil : String(key)
  }

  /// How screens name the silence with that id: ours by our name for it.
  func name(ofID id: String) -> String {
    remote.first { $0.id == id }.flatMap(key) ?? "alertmanager \(id.prefix(8))"
  }

  /// Silences there that hide something now and are not ours.
  var foreign: Int { remote.count { $0.state == .active && key(of: $0) == nil } }

  /// Compares the whole list there with what is active here, and says what to do about each difference.
  mutating func take(_ list: [ReportedSilence], local: [Silence], at now: Instant) -> [Step] {
    remote = list
    var steps: [Step] = []
    var byKey: [String: [ReportedSilence]] = [:]
    for silence in list {
      if let key = key(of: silence) { byKey[key, default: []].append(silence) }
    }
    let active = local.filter { silence in silence.isOpen && silence.end.map { $0 > now } ?? false }
    for silence in active {
      let there = byKey[silence.key] ?? []
      if let twin = there.first(where: { $0.state != .expired }) {
        // Somebody moved its end here.
        if twin.end != silence.end, let made = postable(silence, id: twin.id) {
          steps.append(.set(key: silence.key, made))
        }
        continue
      }
      if there.isEmpty {
        if let made = postable(silence) { steps.append(.set(key: silence.key, made)) }
      } else {
        steps.append(.end(key: silence.key))
      }
    }
    let kept = Set(active.map(\.key))
    for (key, there) in byKey.sorted(by: { $0.key < $1.key }) where !kept.contains(key) {
      for silence in there where silence.state != .expired { steps.append(.expire(id: silence.id)) }
    }
    return steps
  }

  private func postable(_ silence: Silence, id: String? = nil) -> PostableSilence? {
    guard let fact = silence.fact, let end = silence.end else { return nil }
    let matchers = fact.matchers.compactMap { LabelMatcher($0)?.matcher }
    guard matchers.count == fact.matchers.count, !matchers.isEmpty else { return nil }
    return PostableSilence(
      id: id, matchers: matchers, start: fact.start, end: end, by: silence.by ?? "midwatch",
      comment: "\(fact.comment) \(mark(silence.key))")
  }
}
