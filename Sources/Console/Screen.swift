/// The screens that exist, in the order of their digits.
enum Screen: Int, CaseIterable, Sendable {
  case dashboard = 1
  case alerts = 2
  case incident = 3
  case playbook = 4
  case comms = 5
  case tickets = 6
  case timeline = 7

  var title: String {
    switch self {
    case .dashboard: "dashboard"
    case .alerts: "alerts"
    case .incident: "incident"
    case .playbook: "playbook"
    case .comms: "comms"
    case .tickets: "tickets"
    case .timeline: "timeline and retro"
    }
  }
}
