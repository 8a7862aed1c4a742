import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Retro
import Values

extension RetroFormat: ExpressibleByArgument {}

struct ExportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write incidents down: the postmortem that the timeline tells.",
    discussion: """
      Everything that the journal knows of an incident, in sections that a template puts in order: midwatch (ours), \
      pagerduty, google, a system's own retro/NAME.md, or a file. JSON and CSV have no template. docs/export.md tells \
      what stands where.
      """)

  @OptionGroup var options: StateOptions
  @OptionGroup var period: ExportPeriod
  @Option(help: "The form.") var format = RetroFormat.md
  @Option(name: .shortAndLong, help: ArgumentHelp("The file; default standard output.", valueName: "file"))
  var output: String?
  @Option(help: ArgumentHelp("midwatch, pagerduty, google, a name or a file.", valueName: "template"))
  var template: String?
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Flag(help: "For readers outside: without notes, people, hosts and ids; says what it leaves out.")
  var external = false
  @Option(
    help: ArgumentHelp(
      "With --external: updates to these readers stay, too; with commas.", valueName: "names"))
  var audience: String?
  @Option(
    help: ArgumentHelp("Of the timeline only such lines: alert,step or update.sent.", valueName: "words"))
  var kind: String?
  @Option(help: ArgumentHelp("Of the timeline only what they did; with commas.", valueName: "handles"))
  var actor: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Of the timeline only what happened from then on.", valueName: "time"))
  var from: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("And before then.", valueName: "time")) var to: String?
  @Flag(help: "Of the timeline only what is pinned; pinned lines stay with every filter.") var pinned = false
  @Argument(help: "INC-1; several stand one after the other.") var incidents: [String] = []

  func validate() throws {
    guard !incidents.isEmpty || period.isNamed else {
      throw ValidationError("Name an incident, such as INC-1, or a time with --since.")
    }
    guard audience == nil || external else {
      throw ValidationError("--audience goes with --external: it lets updates to these readers stay.")
    }
    guard template == nil || format.hasTemplate else {
      throw ValidationError("--template goes with documents; \(format.rawValue) has a shape of its own.")
    }
  }

  func run() throws {
    let now = Clock.now()
    let filter = try filter(at: now)
    try Standard.telling {
      let journal = try options.open(readOnly: true)
      try TimelineWords.check(filter.kinds, besides: try journal.kinds())
      let keys = try keys(in: journal, at: now)
      let export = try Exporter.make(try order(keys, filter, in: journal), from: journal, at: now)
      if let output {
        let path = options.places.absolute(output)
        try Exporter.write(export.bytes, to: path)
        Standard.out("wrote \(Inert.terminal(path))")
      } else {
        Standard.write(export.bytes)
      }
      try record(export, at: now)
      if external { Self.tell(export.removed) }
    }
  }

  /// An export is one, also of a journal that nobody here may write to.
  private func record(_ export: Export, at now: Instant) throws {
    let actor = try options.actor()
    do {
      try Exporter.record(export, in: try options.open(), by: actor, at: now)
    } catch {
      Standard.error("the journal does not say that this export was made: \(Sentence.of(error))")
    }
  }

  private static func tell(_ removed: [Removal]) {
    let all = removed.map { "\($0.what): \($0.count)" }.joined(separator: "; ")
    Standard.error("left out for readers outside: \(all.isEmpty ? "nothing" : Inert.terminal(all))")
  }

  private func keys(in journal: Journal, at now: Instant) throws -> [String] {
    let named = try incidents.map { try IncidentOptions.incident($0, in: journal).key }
    var seen: Set<String> = []
    let keys = (named + (try period.incidents(in: journal, at: now))).filter { seen.insert($0).inserted }
    guard !keys.isEmpty else { throw Refusal("No incident began in that time.") }
    return keys
  }

  private func order(_ keys: [String], _ filter: TimelineFilter, in journal: Journal) throws -> ExportOrder {
    let systems = try keys.flatMap { try journal.entity(Incident.self, key: $0)?.systems ?? [] }
    var seen: Set<String> = []
    let each = systems.filter { seen.insert($0).inserted }
    let mustRead = format.hasTemplate || external
    let folders = mustRead ? try IncidentFolders(each, playbooks: playbooks) : nil
    let paths = each.compactMap { folders?.sources[$0]?.path }
    let choice = TemplateChoice(folders: paths, places: options.places)
    let template =
      try format.hasTemplate
      ? choice.template(template) : TemplateChoice(places: options.places).template(nil)
    var outward: ExportOrder.Outward?
    if external {
      var allowed = ExportOrder.Outward()
      allowed.audiences = Set(Self.words(audience))
      allowed.hosts = Set(folders?.folders.flatMap(\.endpointHosts) ?? [])
      allowed.links = folders?.folders.flatMap(\.links).map(\.url) ?? []
      outward = allowed
    }
    return ExportOrder(
      keys, as: format, rendering: RetroRendering(template: template, filter: filter), outward: outward)
  }

  private func filter(at now: Instant) throws -> TimelineFilter {
    TimelineFilter(
      kinds: Set(Self.words(kind)), actors: Set(Self.words(actor)),
      from: try from.map { try CommandTime.edge($0, "--from", at: now) },
      until: try to.map { try CommandTime.edge($0, "--to", at: now) }, pinnedOnly: pinned)
  }

  private static func words(_ list: String?) -> [String] {
    (list ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}
