import ArgumentParser
import Comms
import Desk
import Host
import Incidents
import Systems
import Values

/// A reply that is written already, and what fills it.
struct CannedOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A canned reply; `list` names them.", valueName: "name")) var template: String?
  @Option(help: ArgumentHelp("`name=value`; again for more.", valueName: "field")) var field: [String] = []

  var isList: Bool { template == "list" }

  func answers() throws -> [String: String] {
    try field.reduce(into: [:]) { answers, one in
      guard let sign = one.firstIndex(of: "="), sign > one.startIndex else {
        throw Refusal("\"\(Inert.terminal(one))\" is no field; write --field name=value.")
      }
      answers[String(one[..<sign])] = String(one[one.index(after: sign)...])
    }
  }

  /// Filled for one ticket; on a terminal what is missing is asked for, elsewhere it is a refusal.
  ///
  /// - Parameter incident: what explains it; nil is the ticket's own latest.
  func text(for ticket: Ticket, incident: Incident? = nil, at desk: TicketDesk) throws -> String {
    let replies = CannedReplies(desk.folder(of: ticket.system))
    let template = try found(in: replies)
    let incident =
      try incident ?? ticket.incidents.last.flatMap { try desk.journal.entity(Incident.self, key: $0) }
    var answers = try answers()
    func filled() -> FilledTemplate {
      replies.filled(template, for: ticket, incident: incident, answers: answers, at: desk.now)
    }
    if Question.isTerminal, options(desk) == .table {
      for question in replies.questions(template, unfilled: filled().unfilled) {
        guard let answer = Question.line("\(question.prompt) "), !answer.isEmpty else { continue }
        if let objection = question.objection(to: answer) { throw Refusal(objection) }
        answers[question.name] = answer
      }
    }
    let result = filled()
    let missing = replies.questions(template, unfilled: result.unfilled)
    guard missing.isEmpty else {
      let names = missing.map { "{{\($0.name)}} (\($0.prompt)) with --field \($0.name)=…" }
      throw Refusal("Still to be filled: \(Inert.terminal(names.joined(separator: "; "))).")
    }
    return result.text
  }

  private func options(_ desk: TicketDesk) -> OutputFormat { desk.options.format }

  private func found(in replies: CannedReplies) throws -> Template {
    guard let found = template.flatMap({ replies.named($0) }) else {
      let all = replies.templates.map { CannedReplies.shortName(of: $0) }.joined(separator: ", ")
      throw Refusal("There is no canned reply \(Inert.terminal(template ?? "")); there is \(all).")
    }
    return found
  }

  func tellAll(of folder: SystemFolder?) {
    let rows = CannedReplies(folder).templates.map { template in
      [
        CannedReplies.shortName(of: template), template.subject,
        template.text.split(separator: "\n").dropFirst().first.map(String.init) ?? template.text.firstLine,
      ]
    }
    Standard.out(Columns.text(rows))
  }
}
