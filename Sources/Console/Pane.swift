/// The part of a screen that has the keyboard.
enum Pane: String, CaseIterable, Sendable {
  case boardAlerts, boardEndpoints, boardRoutines
  case alertList, alertDetail, mutingList
  case incidentTimeline, incidentTasks, incidentHandOver
  case playbookList, playbookSteps, playbookText, playbookOutput
  case commsList, commsText, commsDeliveries
  case ticketQueue, ticketText
  case retroIncidents, retroTimeline, retroPreview, retroActions

  var screen: Screen {
    switch self {
    case .boardAlerts, .boardEndpoints, .boardRoutines: .dashboard
    case .alertList, .alertDetail, .mutingList: .alerts
    case .incidentTimeline, .incidentTasks, .incidentHandOver: .incident
    case .playbookList, .playbookSteps, .playbookText, .playbookOutput: .playbook
    case .commsList, .commsText, .commsDeliveries: .comms
    case .ticketQueue, .ticketText: .tickets
    case .retroIncidents, .retroTimeline, .retroPreview, .retroActions: .timeline
    }
  }

  var title: String {
    switch self {
    case .boardAlerts: "dashboard: alerts"
    case .boardEndpoints: "dashboard: endpoints"
    case .boardRoutines: "dashboard: routines"
    case .alertList: "alerts: list"
    case .alertDetail: "alerts: one alert"
    case .mutingList: "alerts: silences and maintenance"
    case .incidentTimeline: "incident: timeline"
    case .incidentTasks: "incident: tasks"
    case .incidentHandOver: "incident: hand-over"
    case .playbookList: "playbook: list"
    case .playbookSteps: "playbook: steps"
    case .playbookText: "playbook: the step"
    case .playbookOutput: "playbook: what a command wrote"
    case .commsList: "comms: drafts and templates"
    case .commsText: "comms: a draft"
    case .commsDeliveries: "comms: deliveries"
    case .ticketQueue: "tickets: the queue"
    case .ticketText: "tickets: one ticket"
    case .retroIncidents: "timeline: incidents"
    case .retroTimeline: "timeline: events"
    case .retroPreview: "timeline: the retro"
    case .retroActions: "timeline: action items"
    }
  }
}
