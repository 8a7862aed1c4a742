import Comms
import Desk
import Incidents
import Values

/// Replies to customers that are written before anybody asks: the folder's templates of the stage `reply`, and some
/// for folders that have none.
package struct CannedReplies: Sendable {
  /// The folder's first, each in its order; a built-in one gives way to one of the folder's of the same name.
  package let templates: [Template]
  private let variables: [Variable]
  private let links: [Link]

  /// - Parameter folder: nil where the ticket's system has none here.
  package init(_ folder: SystemFolder?) {
    let own = (folder?.templates ?? []).filter { $0.stages.contains(.reply) && $0.isOutward }
    let names = Set(own.map(\.name))
    templates = own + Self.builtIn().filter { !names.contains(Self.shortName(of: $0)) }
    variables = folder?.variables ?? []
    links = folder?.links ?? []
  }

  /// By its name; a built-in one also without what built-in names begin with.
  package func named(_ name: String) -> Template? {
    templates.first { $0.name == name } ?? templates.first { Self.shortName(of: $0) == name }
  }

  /// What to call it: the name without what built-in names begin with.
  package static func shortName(of template: Template) -> String {
    String(template.name.split(separator: ":").last ?? "")
  }

  /// What fits a ticket now: that its incident is known, or over; nil where none explains it.
  package func proposal(for incident: Incident?) -> Template? {
    incident.flatMap { named($0.status == .resolved ? "solved" : "known") }
  }

  /// The text, and the fields that nothing fills, which stand in it as `{{name}}`.
  ///
  /// - Parameters:
  ///   - incident: what explains the ticket.
  ///   - answers: given for variables; they win.
  package func filled(
    _ template: Template, for ticket: Ticket, incident: Incident? = nil, answers: [String: String] = [:],
    at now: Instant
  ) -> FilledTemplate {
    var fields = incident.map { UpdateFields($0) } ?? UpdateFields()
    fields.nextUpdate = incident?.updateDue
    fields.links = Dictionary(links.map { ($0.name, $0.url) }) { first, _ in first }
    if incident == nil { fields.title = ticket.subject }
    var all = fields.fields(at: now)
    let own: [(String, String?)] = [
      ("ticket", ticket.key), ("subject", ticket.subject), ("requester", ticket.requester),
      ("recipient", ticket.requester), ("tenant", ticket.tenant), ("ticket.state", ticket.state.rawValue),
    ]
    for (name, value) in own { all[name] = value.words.map { .text($0) } }
    for (name, answer) in answers { all[name] = .text(answer) }
    return template.filled(all, variables: variables)
  }

  /// What is still to be asked, with its prompt.
  package func questions(_ template: Template, unfilled: [String]) -> [Variable] {
    let known = variables.overridden(by: template.variables)
    return unfilled.map { name in known.first { $0.name == name } ?? Variable(name) }
  }
}
