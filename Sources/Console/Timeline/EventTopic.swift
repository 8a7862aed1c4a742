import Comms
import Desk
import Incidents
import Playbooks

/// What an event is about, so that one can go there: the narrowest thing first.
enum EventTopic: Equatable {
  /// By the key of its fold.
  case alert(String)
  case endpoint(system: String, name: String)
  case run(String)
  case draft(String)
  case ticket(String)
  case incident(String)
  case nothing

  init(_ event: Event) {
    if let key = Alert.keys(of: event).first {
      self = .alert(key)
    } else if let fact = event.fact(EndpointChanged.self) {
      self = .endpoint(system: fact.system, name: fact.endpoint)
    } else if let key = Run.keys(of: event).first {
      self = .run(key)
    } else if let key = Draft.keys(of: event).first {
      self = .draft(key)
    } else if let key = event.ticket ?? Ticket.keys(of: event).first {
      self = .ticket(key)
    } else if let key = event.incident ?? Incident.keys(of: event).first {
      self = .incident(key)
    } else {
      self = .nothing
    }
  }

  /// `the alert`, for the footer and the help.
  var words: String {
    switch self {
    case .alert: "the alert"
    case .endpoint: "the endpoint"
    case .run: "the run"
    case .draft: "the update"
    case .ticket: "the ticket"
    case .incident: "the incident"
    case .nothing: "the event"
    }
  }
}
