import ArgumentParser
import Comms
import Foundation
import Host
import Incidents
import Journal
import Values

struct UpdateDraft: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft",
    abstract: "Write an update from a template, filled from the incident, and save it as a draft.",
    discussion: """
      The template is the system's for the audience, the stage and the severity, else a built-in one. What the \
      incident does not know is asked for on a terminal, else left as {{name}} and listed; what was answered once for \
      an incident is remembered. After the first update to an audience at a stage the text that went out last is the \
      beginning of the next, and what changed is shown. \
      With recipients one draft becomes one text each, with {{recipient}} and their own fields filled. With several \
      systems each is a recipient: the text has its title and links, and goes by its deliveries.

      With a draft's key that one is changed: --field and --next fill what is left open in it, --subject and --text \
      replace what it says, --recipient whom it is for, and --fresh begins it again from its template.
      """)

  @OptionGroup var options: UpdateOptions
  @Option(help: ArgumentHelp("Which one, INC-1; default the one that is open.", valueName: "incident"))
  var incident: String?
  @Option(help: "Whose template, without an incident; again for more, each of which gets a copy.")
  var system: [String] = []
  @Option(
    help: "For whom: users, internal, executives, support, status, or a word of the system's; default users.")
  var audience: String?
  @Option(
    help:
      "Investigating, Identified, Monitoring, Resolved, announcement, maintenance or reply; default the incident's status."
  )
  var stage: String?
  @Option(help: ArgumentHelp("The template by its name.", valueName: "name")) var template: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "When the next update comes: 15m, 14:30Z, none; default the cadence.", valueName: "time"))
  var next: String?
  @Option(help: ArgumentHelp("A field's value; again for more.", valueName: "name=value")) var field:
    [String] = []
  @Option(help: "What it is headed with, as it is.") var subject: String?
  @Option(
    help: ArgumentHelp("A file with the text, as lint reads it; - is standard input.", valueName: "file"))
  var text: String?
  @Option(
    help: ArgumentHelp(
      "Who gets a copy: NAME or NAME,field=value, and with system=NAME by that system's folder; again for more.",
      valueName: "recipient"))
  var recipient: [String] = []
  @Option(
    help: ArgumentHelp(
      "A CSV file of them: the first line names the fields, the first column whom.", valueName: "file"))
  var recipients: String?
  @Flag(help: "From the template, even where an update went out before.") var fresh = false
  @Flag(help: "Print it; save nothing.") var print = false
  @Argument(help: "D-1, to change it; default a new one.") var draft: String?

  func run() throws {
    let now = Clock.now()
    let wanted = try stage.map { try UpdateOptions.stage($0) }
    let promised = try next.flatMap { try $0 == "none" ? nil : UpdateOptions.promise($0, at: now) }
    try Standard.telling {
      let journal = try options.state.open(readOnly: print)
      let whom = try recipients(at: options.state.places)
      if let draft {
        let state = try UpdateOptions.draft(draft, in: journal)
        let desk = try UpdateDesk(
          journal, incident: try state.incident.flatMap { try journal.entity(Incident.self, key: $0) },
          system: state.system, others: (whom ?? state.recipients).compactMap(\.system),
          playbooks: options.playbooks, at: now)
        let made = try edited(state, desk, promised: promised, whom: try whom.map(desk.addressed), at: now)
        return try save(made, desk, state, at: now)
      }
      let about = try incident(wanted, in: journal)
      let desk = try UpdateDesk(
        journal, incident: about, system: system.first, others: whom?.compactMap(\.system) ?? [],
        playbooks: options.playbooks, at: now)
      var made = try compose(
        desk, stage: wanted, promised: promised, whom: try desk.addressed(whom ?? []), at: now)
      try replace(in: &made)
      try save(made, desk, nil, at: now)
    }
  }

  func validate() throws {
    guard draft != nil else { return }
    guard incident == nil, system.isEmpty, audience == nil, stage == nil, template == nil else {
      throw ValidationError(
        "A draft keeps its incident, system, audience, stage and template; write another one instead.")
    }
    guard
      !field.isEmpty || next != nil || subject != nil || text != nil || !recipient.isEmpty
        || recipients != nil || fresh
    else {
      throw ValidationError(
        "Say what is to be changed: --field, --next, --subject, --text, --recipient, --recipients or --fresh."
      )
    }
  }

  /// Those that are named, and several systems; nil where nobody is.
  private func recipients(at places: Places) throws -> [Recipient]? {
    guard !recipient.isEmpty || recipients != nil || system.count > 1 else { return nil }
    var whom = system.count > 1 ? system.map { Recipient($0, fields: ["system": $0], system: $0) } : []
    whom += try recipient.map { try RecipientList.recipient($0) }
    if let recipients { whom += try RecipientList.file(places.absolute(recipients)) }
    return whom.map { one in
      one.system == nil ? Recipient(one.name, fields: one.fields, system: one.fields["system"]) : one
    }
  }

  /// Subject and text as they were given.
  func replace(in made: inout Composition) throws {
    if let text {
      let page = try UpdatePage.read(text, path: options.state.places.absolute(text))
      made.text = page.text
      made.subject = page.subject ?? made.subject
    }
    made.subject = subject ?? made.subject
  }

  /// The incident; nil where none is asked for and the stage needs none.
  private func incident(_ stage: Stage?, in journal: Journal) throws -> Incident? {
    if let incident { return try IncidentOptions.incident(incident, in: journal) }
    if let stage, !stage.asksForNext, stage != .resolved { return nil }
    let open = try journal.entities(Incident.self, open: true).filter {
      system.isEmpty || $0.systems.contains { system.contains($0) }
    }
    guard let only = open.first else {
      throw Refusal(
        "No incident is open; name one with --incident, or write an announcement with --stage announcement.")
    }
    guard open.count == 1 else {
      let all = open.map(\.key).joined(separator: ", ")
      throw Refusal("\(open.count) incidents are open (\(all)); name one with --incident.")
    }
    return only
  }

  /// A draft as it is to be saved.
  struct Composition {
    let template: Template?
    let audience: String
    let stage: Stage
    var nextUpdate: Instant?
    var answers: [String: String]
    var subject: String
    var text: String
    var questions: [Variable]
    let last: Draft?
    let recipients: [Recipient]
    /// What the template gave, before anybody changes it.
    var given: FilledTemplate?
  }

  /// What fills the template.
  private func values(
    _ desk: UpdateDesk, _ template: Template, _ promise: Instant?, _ answers: [String: String],
    _ drafts: [Draft], _ whom: [Recipient], at now: Instant
  ) throws -> [String: Field] {
    var all = try desk.fields(
      answers: answers, nextUpdate: promise, audience: template.audience, drafts: drafts
    ).fields(at: now)
    // A section over a recipient's field is decided here, its value with each copy.
    if !whom.isEmpty {
      for name in Set(whom.flatMap(\.fields.keys)).union(["recipient"]) { all[name] = .text("{{\(name)}}") }
    }
    return all
  }

  private func compose(
    _ desk: UpdateDesk, stage: Stage?, promised: Instant?, whom: [Recipient], at now: Instant
  ) throws -> Composition {
    guard let stage = stage ?? desk.incident.map({ Stage($0.status) }) else {
      throw Refusal("Say what it is with --stage: announcement, maintenance or reply.")
    }
    let template = try chosen(desk, stage)
    let promise = next == nil ? dueNext(desk, template, stage, at: now) : promised
    let drafts = try desk.drafts()
    var answers = drafts.answers(in: desk.incident?.key)
    answers.merge(try given()) { $1 }
    let last = drafts.lastSent(to: template.audience, in: desk.incident?.key)
    if let last, !fresh, self.template == nil, field.isEmpty, last.stage == stage, desk.incident != nil {
      let given =
        last.template == template.name
        ? template.filled(
          try values(desk, template, promise, answers, drafts, whom, at: now),
          variables: desk.folder?.variables ?? [])
        : nil
      let (subject, text) = last.continued(promising: promise, of: desk.incident, at: now, given: given)
      return Composition(
        template: template, audience: template.audience, stage: stage, nextUpdate: promise, answers: answers,
        subject: subject, text: text, questions: [], last: last, recipients: whom, given: given)
    }
    return try filled(desk, template, stage, promise, answers, last, whom, at: now)
  }

  /// What `--field` says.
  func given() throws -> [String: String] {
    try field.reduce(into: [:]) { answers, one in
      guard let sign = one.firstIndex(of: "="), sign > one.startIndex else {
        throw Refusal("\"\(Inert.terminal(one))\" is no field; write --field name=value.")
      }
      answers[String(one[..<sign])] = String(one[one.index(after: sign)...])
    }
  }

  private func chosen(_ desk: UpdateDesk, _ stage: Stage) throws -> Template {
    if let template {
      guard let found = desk.template(template) ?? desk.template("built-in:\(template)") else {
        let all = desk.templates.map(\.name).joined(separator: ", ")
        throw Refusal("There is no template \(Inert.terminal(template)); there is \(all).")
      }
      return found
    }
    let audience = audience ?? "users"
    let severity = desk.incident?.severity
    guard let found = desk.templates.choose(audience: audience, stage: stage, severity: severity) else {
      let all = desk.templates.audiences(at: stage).joined(separator: ", ")
      throw Refusal(
        "No template is for \(Inert.terminal(audience)) at \(stage.rawValue); there are some for \(all).")
    }
    return found
  }

  /// What the cadence asks for, on a whole minute.
  private func dueNext(_ desk: UpdateDesk, _ template: Template, _ stage: Stage, at now: Instant) -> Instant?
  {
    guard stage.asksForNext, let every = desk.incident?.cadence(for: template.audience) else { return nil }
    return UpdateOptions.wholeMinute(now + every)
  }

  func filled(
    _ desk: UpdateDesk, _ template: Template, _ stage: Stage, _ promise: Instant?, _ given: [String: String],
    _ last: Draft?, _ whom: [Recipient], at now: Instant
  ) throws -> Composition {
    let variables = desk.folder?.variables ?? []
    var answers = given
    var promise = promise
    let drafts = try desk.drafts()
    func fields() throws -> [String: Field] {
      try values(desk, template, promise, answers, drafts, whom, at: now)
    }
    let own = Set(whom.flatMap(\.fields.keys)).union(whom.isEmpty ? [] : ["recipient"])
    var questions = try template.questions(fields(), variables: variables).filter { !own.contains($0.name) }
    if Question.isTerminal, options.format == .table, !print {
      for question in questions {
        let prompt =
          question.name == "next_update" ? "When do you write again (15m, 14:30Z)?" : question.prompt
        guard let answer = Question.line("\(prompt) "), !answer.isEmpty else { continue }
        if question.name == "next_update" {
          promise = try UpdateOptions.promise(answer, at: now)
        } else if let objection = question.objection(to: answer) {
          throw Refusal(objection)
        } else {
          answers[question.name] = answer
        }
      }
      questions = try template.questions(fields(), variables: variables).filter { !own.contains($0.name) }
    }
    let result = template.filled(try fields(), variables: variables)
    return Composition(
      template: template, audience: template.audience, stage: stage, nextUpdate: promise, answers: answers,
      subject: result.subject, text: result.text, questions: questions, last: last, recipients: whom,
      given: result)
  }

  /// - Parameter state: the draft that is changed; nil for a new one.
  private func save(_ made: Composition, _ desk: UpdateDesk, _ state: Draft?, at now: Instant) throws {
    var made = made
    if next == nil, text != nil {
      // What another text names is what its readers wait for.
      let check = desk.check(with: made.template, of: made.text)
      made.nextUpdate = check.promise(in: made.text, at: now) ?? made.nextUpdate
    }
    var stored = made.answers
    stored[Draft.promiseField] = made.nextUpdate?.rfc3339
    if let given = made.given {
      stored[Draft.givenTextField] = given.text
      stored[Draft.givenSubjectField] = given.subject
    }
    var key = state?.key
    if !print {
      let act = SaveDraft(
        draft: state?.key, revision: state?.revision, incident: desk.incident?.key,
        template: made.template?.name ?? state?.template, audience: made.audience,
        stage: made.stage, fields: stored, subject: made.subject, text: made.text, system: desk.system,
        recipients: made.recipients)
      let events = try desk.journal.perform(act, by: try options.state.actor(), at: now)
      key = events.compactMap { $0.fact(DraftSaved.self)?.draft }.first ?? key
    }
    let destinations = (made.template?.channels ?? []).compactMap { desk.folder?.delivery($0) }
    var check = desk.check(with: made.template, to: destinations, of: made.text)
    check.every = desk.incident?.cadence(for: made.audience)
    let copies = made.recipients.map { one in
      UpdateReport.Copy(recipient: one.name, subject: one.filling(made.subject), text: one.filling(made.text))
    }
    let texts: [(String, String, String?)] =
      copies.isEmpty
      ? [(made.subject, made.text, nil)] : copies.map { ($0.subject, $0.text, $0.recipient) }
    var seen: Set<String> = []
    let remarks = texts.flatMap { subject, text, recipient in
      check.findings(
        subject: subject, text: text, audience: made.audience, stage: made.stage,
        nextUpdate: made.nextUpdate
      ).filter { seen.insert($0.sentence).inserted }.map { UpdateReport.Remark($0, recipient: recipient) }
    }
    let diff = made.last.map { TextDiff(from: $0.text, to: made.text) }
    if options.format == .json {
      let since = diff?.lines.map { UpdateReport.Line(change: "\($0.change)", text: $0.text) } ?? []
      return try Standard.json(
        UpdateReport(
          draft: key, incident: desk.incident?.key, system: desk.system, template: made.template?.name,
          audience: made.audience, stage: made.stage, nextUpdate: made.nextUpdate,
          subject: made.subject,
          text: made.text, copies: copies,
          unfilled: made.questions.map { .init(name: $0.name, ask: $0.prompt) },
          findings: remarks, since: since))
    }
    tell(made, key, copies, remarks, diff, at: now)
  }

  private func tell(
    _ made: Composition, _ key: String?, _ copies: [UpdateReport.Copy], _ remarks: [UpdateReport.Remark],
    _ diff: TextDiff?, at now: Instant
  ) {
    Standard.out("Subject: \(Inert.terminal(made.subject))\n\n\(Inert.terminalKeepingLines(made.text))")
    if let key {
      let promise = made.nextUpdate.map { ", next update by \($0.minuteUTC(at: now))" } ?? ""
      Standard.plainError("saved as \(key) for \(made.audience), \(made.stage.rawValue)\(promise)")
    }
    if !copies.isEmpty {
      let names = copies.map(\.recipient).prefix(5).joined(separator: ", ")
      Standard.plainError("\(copies.count) copies: \(Inert.terminal(names))\(copies.count > 5 ? ", …" : "")")
    }
    for question in made.questions {
      let how = question.name == "next_update" ? "--next 15m" : "--field \(question.name)=…"
      Standard.plainError("{{\(question.name)}} is to be filled: \(Inert.terminal(question.prompt)) (\(how))")
    }
    for remark in remarks where remark.mark != .good && remark.topic != .unfilled {
      Standard.plainError("\(remark.mark.sign) \(remark.sentence)")
    }
    if let diff, !diff.isEmpty {
      Standard.plainError("since the last update: \(diff.summary)")
      for line in diff.lines where line.change != .same {
        Standard.plainError("\(line.change == .added ? "+" : "-") \(Inert.terminal(line.text))")
      }
    }
  }
}
