/// Which deadline of an incident, as events name it: `resolve`, `escalation:L2`, `update:users`, `call_out`,
/// `task:INC-1/2`, `follow_up:Postmortem`. With its due time it is one deadline and no other.
package enum ClockName: Hashable, Sendable {
  /// `respond`, `mitigate` or `resolve`, by the severity.
  case clock(String)
  /// A rung of the ladder, by its name.
  case rung(String)
  /// The next update to an audience; nil to anybody.
  case update(audience: String?)
  /// Somebody should write what is going on.
  case callOut
  /// The end of a task's time box, by the task's id.
  case task(String)
  /// What is due after the end, by its title.
  case followUp(String)

  package init(_ text: String) {
    let (kind, name) = Self.parts(of: text)
    switch kind {
    case "escalation": self = .rung(name ?? "")
    case "update": self = .update(audience: name)
    case "call_out": self = .callOut
    case "task": self = .task(name ?? "")
    case "follow_up": self = .followUp(name ?? "")
    default: self = .clock(text)
    }
  }

  /// What ``init(_:)`` reads.
  package var text: String {
    switch self {
    case .clock(let name): name
    case .rung(let name): "escalation:\(name)"
    case .update(nil): "update"
    case .update(let audience?): "update:\(audience)"
    case .callOut: "call_out"
    case .task(let id): "task:\(id)"
    case .followUp(let title): "follow_up:\(title)"
    }
  }

  /// One word for each kind: `clock`, `escalation`, `update`, `call_out`, `task`, `follow_up`.
  package var kind: String {
    if case .clock = self { return "clock" }
    return Self.parts(of: text).kind
  }

  /// As screens say it: `resolve`, `L2`, `update to users`, a title.
  package var words: String {
    switch self {
    case .clock(let name), .rung(let name): name
    case .update(let audience): audience.map { "update to \($0)" } ?? "update"
    case .callOut: "a word on where it stands"
    case .task(let id): id
    case .followUp(let title): title
    }
  }

  private static func parts(of text: String) -> (kind: String, name: String?) {
    guard let colon = text.firstIndex(of: ":") else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}
