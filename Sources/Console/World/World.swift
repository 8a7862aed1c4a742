import Incidents
import Retro
import Terminal
import Values
import Watch

/// Everything from outside, as it was last told.
struct World: Sendable {
  struct Zone: Sendable {
    var offset: Int
    var abbreviation: String
  }

  let options: Console.Options
  /// By system.
  var snapshots: [String: SystemSnapshot] = [:]
  /// Set by ``take(_:)``, which reads its timeline once.
  var ledger = Ledger()
  /// The lines of the ledger's timeline.
  private(set) var timeline: [TimelineLine] = []
  /// What is due in the ledger's incidents and is neither met nor dismissed, the earliest first.
  private(set) var deadlines: [Deadline] = []
  /// What was read of the tickets last.
  var desk: DeskPage?
  /// The events of the journal that are looked at, as they were read last.
  var events: EventPage?
  /// How long the parts of the ledger's incident took.
  private(set) var times: IncidentTimes?
  /// What incidents mean for customers, as it was read last.
  var impacts: [String: IncidentImpact] = [:]
  /// Plans and permissions of the folders, for tickets.
  var deskGuides: [DeskGuide] = []
  /// Zones of calendars, by name.
  var zones: [String: Values.Zone]
  var engine: EngineStatus?
  /// Why the journal could not be read, as a sentence; nil once it could.
  var unread: String?
  var guides: [Guide]
  var zone: Zone?
  /// The open incident that somebody chose to be in focus.
  var focused: String?
  /// Subjects of acts that are under way: their rows say *saving*.
  var saving: Set<String> = []

  init(options: Console.Options, guides: [Guide]) {
    self.options = options
    zones = options.zones
    self.guides = guides
  }

  mutating func take(_ new: Ledger) {
    let isSame = new.timeline == ledger.timeline
    ledger = new
    unread = nil
    if !isSame { timeline = Timeline(new.timeline).lines }
    if !isSame || times?.incident != new.timelineOf {
      times = new.incident(new.timelineOf)?.times(in: new.timeline)
    }
    deadlines = new.incidents.filter { $0.isOpen || !$0.followUps.isEmpty }.flatMap(\.deadlines)
      .filter(\.isOpen).sorted(by: Deadline.comesFirst)
  }

  /// The lines of that incident; nil while another's timeline is here.
  func timeline(of incident: String?) -> [TimelineLine]? {
    incident != nil && ledger.timelineOf == incident ? timeline : nil
  }

  /// How long the parts of that incident took; nil while another's timeline is here.
  func times(of incident: String) -> IncidentTimes? { times?.incident == incident ? times : nil }

  /// In the order of the names.
  var systems: [SystemSnapshot] { snapshots.values.sorted { $0.system < $1.system } }

  /// Names of all systems that are known, from their folders or from the engine.
  var systemNames: [String] {
    Set(guides.map(\.system)).union(snapshots.keys).sorted()
  }

  func guide(_ system: String?) -> Guide? {
    system.flatMap { system in guides.first { $0.system == system } }
  }

  func alert(_ identity: AlertIdentity) -> AlertRow? {
    snapshots[identity.system]?.alerts.first { $0.identity == identity }
  }

  func record(of identity: AlertIdentity) -> Alert? { ledger.alerts[identity.key] }

  func endpoint(_ system: String, _ name: String) -> EndpointRow? {
    snapshots[system]?.endpoints.first { $0.name == name }
  }

  /// Whether somebody has the alert in hand at `now`.
  func acknowledgement(of identity: AlertIdentity, at now: Instant) -> Alert.Acknowledgement? {
    guard let held = record(of: identity)?.acknowledgement, held.until.map({ $0 > now }) ?? true else {
      return nil
    }
    return held
  }

  /// The incident that the bar shows and that notes go to: the one in focus, else the worst, then longest, open one.
  var leadIncident: Incident? {
    let all = ledger.openIncidents
    return all.first { $0.key == focused } ?? all.first
  }
}
