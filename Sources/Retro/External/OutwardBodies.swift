import Comms
import Incidents
import Values

/// Bodies of events as readers outside may know them: the fields that their facts need, and nothing else.
enum OutwardBody {
  struct Declared: Encodable {
    let number = 0
    let systems: [String] = []
    let severity: Severity
    let title: String
    let impact: String?
    let started: Instant
    let clocks: [String] = []
    let escalation: [String] = []
    let cadence: [String] = []
  }

  struct Described: Encodable {
    let title: String?
    let impact: String?
    let started: Instant?
  }

  struct Status: Encodable {
    let to: Incidents.Status
    let from: Incidents.Status?
    let dataLost: String?
  }

  struct Severed: Encodable {
    let to: Severity
    let clocks: [String] = []
  }

  struct Sent: Encodable {
    let draft = ""
    let audience: String
    let stage: Stage
    let subject: String
    let text: String
    let destinations: [String] = []
    let nextUpdate: Instant?
    let head = ""
    let how: UpdateSent.Means
  }

  struct Written: Encodable {
    let section: String
    let text: String
  }
}
