import Incidents

/// The screens that exist, in the order of their digits.
enum Screen: Int, CaseIterable, Sendable {
  case dashboard = 1
  case alerts = 2
  case incident = 3
  case playbook = 4
  case comms = 5
  case timeline = 7

  var title: String {
    switch self {
    case .dashboard: "dashboard"
    case .alerts: "alerts"
    case .incident: "incident"
    case .playbook: "playbook"
    case .comms: "comms"
    case .timeline: "timeline and retro"
    }
  }
}

/// The part of a screen that has the keyboard.
enum Pane: String, CaseIterable, Sendable {
  case boardAlerts, boardEndpoints
  case alertList, alertDetail
  case incidentTimeline, incidentTasks
  case playbookList, playbookSteps, playbookText
  case commsList, commsText
  case retroIncidents, retroTimeline

  var screen: Screen {
    switch self {
    case .boardAlerts, .boardEndpoints: .dashboard
    case .alertList, .alertDetail: .alerts
    case .incidentTimeline, .incidentTasks: .incident
    case .playbookList, .playbookSteps, .playbookText: .playbook
    case .commsList, .commsText: .comms
    case .retroIncidents, .retroTimeline: .timeline
    }
  }

  var title: String {
    switch self {
    case .boardAlerts: "dashboard: alerts"
    case .boardEndpoints: "dashboard: endpoints"
    case .alertList: "alerts: list"
    case .alertDetail: "alerts: one alert"
    case .incidentTimeline: "incident: timeline"
    case .incidentTasks: "incident: tasks"
    case .playbookList: "playbook: list"
    case .playbookSteps: "playbook: steps"
    case .playbookText: "playbook: the step"
    case .commsList: "comms: drafts and templates"
    case .commsText: "comms: a draft"
    case .retroIncidents: "timeline: incidents"
    case .retroTimeline: "timeline: events"
    }
  }
}

/// What the focus is on: what `a i s p u r y` act upon.
enum Subject: Equatable, Sendable {
  case none
  case alert(AlertIdentity)
  case endpoint(system: String, name: String)
  case incident(String)

  var isSomething: Bool { self != .none }

  /// Names it in ``World/saving``.
  var key: String {
    switch self {
    case .none: ""
    case .alert(let identity): identity.key
    case .endpoint(let system, let name): "\(system)/\(name)"
    case .incident(let key): key
    }
  }
}
