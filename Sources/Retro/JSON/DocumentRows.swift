import Incidents
import Playbooks
import Values

/// Rows of the JSON export.
extension IncidentDocument {
  struct LineRow: Encodable, Sendable {
    let id: String
    let seq: Int64
    let kind: String
    let occurred: Instant
    let ended: Instant?
    let recorded: Instant
    let word: String
    let text: String
    let detail: String?
    let actor: String?
    let incident: String?
    let pinned: Bool
    let amended: Bool
    let retracted: String?

    init(_ line: TimelineLine) {
      (id, seq, kind) = (line.id, line.seq, line.kind)
      (occurred, ended, recorded) = (line.occurred, line.ended, line.recorded)
      (word, text, detail) = (line.word, line.text, line.detail)
      (actor, incident) = (line.actor, line.incident)
      (pinned, amended, retracted) = (line.isPinned, line.isAmended, line.retracted)
    }
  }

  struct UpdateRow: Encodable {
    let at: Instant
    let by: String
    let audience: String?
    let stage: String?
    let subject: String?
    let text: String
    let destinations: [String]
    let nextUpdate: Instant?
    let lateMs: Int64?

    init(_ update: SentUpdate) {
      (at, by, audience, stage) = (update.at, update.by, update.audience, update.stage?.rawValue)
      (subject, text, destinations) = (update.subject, update.text, update.destinations)
      (nextUpdate, lateMs) = (update.nextUpdate, update.lateBy?.milliseconds)
    }
  }

  struct TicketRow: Encodable {
    struct Message: Encodable {
      let at: Instant
      let who: String
      let `public`: Bool
      let text: String
    }

    let key: String
    let subject: String
    let requester: String
    let tenant: String?
    let severity: Severity
    let priority: String
    let state: String
    let assignee: String?
    let opened: Instant?
    let answered: Instant?
    let conversation: [Message]

    init(_ one: AffectedTicket) {
      let ticket = one.ticket
      (key, subject, requester, tenant) = (ticket.key, ticket.subject, ticket.requester, ticket.tenant)
      (severity, priority, state) = (ticket.severity, ticket.priority.rawValue, ticket.state.rawValue)
      (assignee, opened, answered) = (ticket.assignee, ticket.openedAt, ticket.answered)
      conversation = one.conversation.map {
        Message(at: $0.at, who: $0.who, public: $0.isPublic, text: $0.text)
      }
    }
  }

  struct TemporaryChangeRow: Encodable {
    let run: String
    let step: String
    let what: String
    let undo: String
    let at: Instant
    let by: String
    let undone: Instant?
    let undoneBy: String?
    let reason: String?

    init(_ one: IncidentReport.TemporaryChange) {
      (run, step, what, undo) = (one.run, one.step, one.what, one.undo)
      (at, by) = (one.at, one.by)
      (undone, undoneBy, reason) = (one.undone?.at, one.undone?.by, one.undone?.reason)
    }
  }

  struct ActionRow: Encodable {
    let key: String
    let title: String
    let owner: String?
    let due: Instant?
    let state: ActionItem.State
    let followUp: Bool
    let closed: Instant?
    let reason: String?

    init(_ item: ActionItem) {
      (key, title, owner, due) = (item.key, item.title, item.owner, item.due)
      (state, followUp, closed, reason) = (item.state, item.isFollowUp, item.closed, item.reason)
    }
  }

  struct WrittenRow: Encodable {
    let section: String
    let title: String
    let text: String
    let by: String
    let at: Instant
    let revision: Int

    init(_ part: RetroPart, _ one: WrittenRetro.Section) {
      (section, title, text) = (part.name, part.title, one.text)
      (by, at, revision) = (one.by, one.at, one.revision)
    }
  }

  struct AmendedRow: Encodable {
    struct Turn: Encodable {
      let text: String
      let at: Instant
      let by: String
      let reason: String?
      let takenBack: Bool
    }

    let id: String
    let at: Instant
    let wordings: [Turn]

    init(_ history: IncidentReport.EntryHistory) {
      (id, at) = (history.id, history.at)
      wordings = history.turns.map {
        Turn(text: $0.text, at: $0.at, by: $0.by, reason: $0.reason, takenBack: $0.isTakenBack)
      }
    }
  }

  struct ChartRow: Encodable {
    struct Line: Encodable {
      let name: String
      /// Pairs of an instant and a value; null where there was none.
      let points: [Point]
    }

    struct Point: Encodable {
      let at: Instant
      let value: Double?

      func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        try pair.encode(at)
        if let value, value.isFinite { try pair.encode(value) } else { try pair.encodeNil() }
      }
    }

    struct Threshold: Encodable {
      let name: String
      let value: Double
    }

    struct Firing: Encodable {
      let name: String
      let from: Instant
      let until: Instant?
    }

    let title: String
    let unit: Figure.Unit
    let from: Instant
    let until: Instant
    let lines: [Line]
    let thresholds: [Threshold]
    let firing: [Firing]

    init(_ chart: SeriesChart) {
      (title, unit, from, until) = (chart.title, chart.unit, chart.from, chart.until)
      lines = chart.lines.map { line in
        Line(name: line.name, points: line.points.map { Point(at: $0.at, value: $0.value) })
      }
      thresholds = chart.thresholds.map { Threshold(name: $0.name, value: $0.value) }
      firing = chart.firing.map { Firing(name: $0.name, from: $0.from, until: $0.until) }
    }
  }
}
