import ArgumentParser
import Comms
import Foundation
import Host
import Incidents
import Journal
import Values

struct UpdateLint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check a draft or a file as a stranger would read it.",
    discussion: """
      A file is `Subject: …`, a blank line and the text; or the text alone; or a template, which says its audience and \
      stage itself. `-` is standard input. Exits 1 when there is an error.
      """)

  private struct Document: Encodable {
    var schema = "midwatch.update_lint/1"
    let subject: String
    let errors: Int
    let warnings: Int
    let nextUpdate: Instant?
    let findings: [UpdateReport.Remark]
  }

  @OptionGroup var options: UpdateOptions
  @Option(help: "For whom; default the draft's, the template's, or users.") var audience: String?
  @Option(help: "At which stage; default the draft's, the template's, or Investigating.") var stage: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The promise, or none; default what it was written with, else what the text names.", valueName: "time"))
  var next: String?
  @Option(help: "Whose links, hosts and secrets, for a file.") var system: String?
  @Option(help: "S1 to S4, for a file.") var severity: String?
  @Option(help: ArgumentHelp("Names of deliveries whose limits hold, with commas.", valueName: "names"))
  var to: String?
  @Argument(help: "D-1, a file, or -.", completion: .file()) var what: String

  func run() throws {
    let now = Clock.now()
    let wanted = try stage.map { try UpdateOptions.stage($0) }
    let promised = try next.flatMap { try $0 == "none" ? nil : UpdateOptions.promise($0, at: now) }
    let worst = try severity.map { try IncidentDeclare.severity($0) }
    var hasErrors = false
    try Standard.telling {
      let result = try isFile ? file(wanted, promised, worst, at: now) : draft(wanted, promised, at: now)
      hasErrors = result.findings.contains { $0.0.mark == .error }
      try tell(result)
    }
    if hasErrors { throw ExitCode(1) }
  }

  private struct Result {
    let name: String
    let findings: [(Finding, recipient: String?)]
    let promise: Instant?
    var bodyLine = 1
    var subject = Position.start
  }

  private var isFile: Bool {
    if what == "-" || what.contains("/") || what.contains(".") { return true }
    return FileManager.default.fileExists(atPath: options.state.places.absolute(what))
  }

  private var isNone: Bool { next == "none" }

  private func draft(_ stage: Stage?, _ promised: Instant?, at now: Instant) throws -> Result {
    let journal = try options.state.open(readOnly: true)
    let draft = try UpdateOptions.draft(what, in: journal)
    let desk = try UpdateDesk(draft, in: journal, playbooks: options.playbooks, at: now)
    let promise = isNone ? nil : promised ?? desk.promise(of: draft)
    let routes = try desk.routes(of: draft, to: to.map { SendOptions.names($0) })
    let found = desk.findings(of: draft, to: routes.map(\.delivery), promise: promise, isNone: isNone)
    return Result(name: draft.key, findings: found.map { ($0.1, $0.0.recipient) }, promise: promise)
  }

  private func file(_ stage: Stage?, _ promised: Instant?, _ worst: Severity?, at now: Instant) throws
    -> Result
  {
    let page = try UpdatePage.read(what, path: options.state.places.absolute(what))
    // Without a journal nobody trusts a folder, and its secrets are not looked for.
    let journal = system == nil ? nil : try? options.state.open(readOnly: true)
    let folder = try system.flatMap {
      try IncidentFolders([$0], playbooks: options.playbooks, secretsFor: journal).folders.first
    }
    if let system, folder == nil {
      throw Refusal("There is no folder of a system \(Inert.terminal(system)) here.")
    }
    var check = DraftCheck(
      limit: page.template?.limit, severity: worst, links: folder?.links.map(\.url) ?? [],
      hosts: folder?.endpointHosts ?? [], secrets: folder?.secrets.compactMap(\.value) ?? [],
      allowsEstimate: page.template?.allowsEstimate(for: worst) ?? false)
    check.allowsVague = page.template?.allowsVague ?? false
    check.now = now
    KnownZones.tell(&check, of: page.text)
    for name in to.map({ SendOptions.names($0) }) ?? [] {
      guard let delivery = folder?.delivery(name), let kind = DeliveryKinds.named(delivery.kind) else {
        throw Refusal("There is no delivery \(Inert.terminal(name)); name its system with --system.")
      }
      check.limits.append(TextLimit(of: name, subject: kind.limits.subject, text: kind.limits.text))
    }
    check.promisesNone = isNone
    let promise = isNone ? nil : promised ?? check.promise(in: page.text, at: now)
    let findings = check.findings(
      subject: page.subject ?? "", text: page.text, audience: audience ?? page.template?.audience ?? "users",
      stage: stage ?? page.template?.stages.first ?? .investigating, nextUpdate: promise)
    return Result(
      name: Inert.terminal(what), findings: findings.map { ($0, nil) }, promise: promise,
      bodyLine: page.bodyLine,
      subject: page.subjectPosition)
  }

  private func tell(_ result: Result) throws {
    let findings = result.findings.map(\.0)
    let errors = findings.count { $0.mark == .error }
    let warnings = findings.count { $0.mark == .warning }
    if options.format == .json {
      return try Standard.json(
        Document(
          subject: result.name, errors: errors, warnings: warnings, nextUpdate: result.promise,
          findings: result.findings.map { UpdateReport.Remark($0.0, recipient: $0.recipient) }))
    }
    for (finding, recipient) in result.findings where finding.mark != .good {
      let whose = recipient.map { " (\(Inert.terminal($0)))" } ?? ""
      Standard.out(finding.line(in: result.name + whose, bodyLine: result.bodyLine, subject: result.subject))
    }
    let counts = [(errors, "error"), (warnings, "warning")].map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
    Standard.out(counts.joined(separator: ", "))
  }
}
