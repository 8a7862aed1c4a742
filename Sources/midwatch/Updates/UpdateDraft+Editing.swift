import Comms
import Incidents
import Systems
import Values

/// Changing a draft that is there: what somebody wrote in it stays, unless it is replaced by name.
extension UpdateDraft {
  /// - Parameter whom: other recipients; nil keeps those that it has.
  func edited(
    _ state: Draft, _ desk: UpdateDesk, promised: Instant?, whom: [Recipient]?, at now: Instant
  ) throws -> Composition {
    let recipients = whom ?? state.recipients
    let given = try given()
    var answers = state.fields.filter { $0.key != Draft.promiseField }.merging(given) { $1 }
    answers.merge(given) { $1 }
    let promise = next == nil ? desk.promise(of: state) : promised
    let last = try desk.drafts().lastSent(to: state.audience, in: state.incident)
    let template = desk.template(state.template)
    var made = Composition(
      template: template, audience: state.audience, stage: state.stage, nextUpdate: promise, answers: answers,
      subject: state.subject, text: state.text, questions: [], last: last, recipients: recipients)
    if fresh {
      guard let template else {
        throw Refusal(
          "\(state.key) was written without a template that is here; give it a --text instead.")
      }
      made = try filled(desk, template, state.stage, promise, answers, last, recipients, at: now)
    } else {
      try fill(&made, given, at: now)
    }
    try replace(in: &made)
    let own = Set(recipients.flatMap(\.fields.keys)).union(recipients.isEmpty ? [] : ["recipient"])
    let known = template.map { desk.folder?.variables.overridden(by: $0.variables) ?? $0.variables } ?? []
    var seen = own
    made.questions = (Unfilled.names(in: made.subject) + Unfilled.names(in: made.text))
      .filter { seen.insert($0).inserted }
      .map { name in known.first { $0.name == name } ?? Variable(name) }
    return made
  }

  /// Fills what is open, and names the promise anew.
  private func fill(_ made: inout Composition, _ given: [String: String], at now: Instant) throws {
    let open = Set(Unfilled.names(in: made.subject) + Unfilled.names(in: made.text))
    for name in given.keys.sorted() where !open.contains(name) {
      throw Refusal(
        "There is no {{\(Inert.terminal(name))}} left to fill in it; --fresh writes it from its template anew, and "
          + "--text replaces it.")
    }
    var values = given
    if next != nil, let promise = made.nextUpdate {
      values["next_update"] = UpdateFields.time(promise, at: now)
      made.text = PromiseText.replacing(in: made.text, with: promise, at: now)
    }
    made.subject = Unfilled.filling(made.subject, with: values)
    made.text = Unfilled.filling(made.text, with: values)
  }
}
