import ArgumentParser
import Comms
import Foundation
import Host
import Incidents
import Journal
import Retro
import Systems
import Values

struct RetroActionExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write action items as issues in Markdown, CSV or JSON, or queue them for a webhook.",
    discussion: """
      With --to each item is one delivery to a webhook of its system, once: what was queued before is left as it is. \
      The engine sends it; `midwatch update deliveries` shows how each ended.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case md, csv, json
  }

  @OptionGroup var options: StateOptions
  @OptionGroup var filter: ActionFilter
  @Option(help: "The form.") var format = Format.md
  @Option(name: .shortAndLong, help: ArgumentHelp("The file; default standard output.", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp("A webhook under `deliveries:`, NAME or SYSTEM/NAME.", valueName: "name")) var to:
    String?
  @Option(help: ArgumentHelp("A folder of systems.", valueName: "dir")) var playbooks: String?
  @Flag(help: "It is meant; do not ask.") var yes = false

  func validate() throws {
    if to != nil, output != nil { throw ValidationError("Write a file or queue for a webhook, not both.") }
  }

  func run() throws {
    try Standard.telling {
      let now = Clock.now()
      let journal = try options.open(readOnly: to == nil)
      let items = try filter.items(in: journal, by: try options.actor().handle, at: now)
      let export = try ActionRows.export(items, in: journal, at: now)
      if let to { return try queue(export, to: to, in: journal, at: now) }
      let bytes: [UInt8]
      switch format {
      case .md: bytes = Array(export.markdown.utf8)
      case .csv: bytes = Array(export.csv.utf8)
      case .json: bytes = try export.json()
      }
      guard let output else {
        Standard.write(bytes)
        return
      }
      let path = options.places.absolute(output)
      try Exporter.write(bytes, to: path)
      Standard.out("wrote \(items.count) action items to \(Inert.terminal(path))")
    }
  }

  // MARK: The outbox

  private func queue(_ export: ActionExport, to name: String, in journal: Journal, at now: Instant) throws {
    guard !export.items.isEmpty else { return Standard.out("No action item is like that.") }
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    let named = parts.count == 2 ? parts.first : nil
    let outlet = parts.last ?? name
    var systems: [String: [ActionItem]] = [:]
    for item in export.items {
      let own = try item.incident.flatMap { try journal.entity(Incident.self, key: $0)?.systems.first }
      guard let system = named ?? own else {
        throw Refusal(
          "\(item.key) is of no incident; say whose webhook it is, SYSTEM/\(Inert.terminal(outlet)).")
      }
      systems[system, default: []].append(item)
    }
    var parcels: [Parcel] = []
    var shown: [String] = []
    for (system, items) in systems.sorted(by: { $0.key < $1.key }) {
      let desk = try UpdateDesk(journal, incident: nil, system: system, playbooks: playbooks, at: now)
      let delivery = try desk.delivery(outlet, of: system)
      let own = try items.compactMap {
        try parcel($0, export, by: delivery, of: system, in: journal, at: now)
      }
      for obstacle in desk.obstacles(of: [.init(system: system, delivery: delivery, copies: [])]) {
        Standard.plainError(obstacle)
      }
      if !own.isEmpty { shown.append("\(system)/\(delivery.name) (\(delivery.destination.shown))") }
      parcels += own
    }
    guard !parcels.isEmpty else { return Standard.out("nothing is left to queue") }
    let count = parcels.count == 1 ? "1 action item" : "\(parcels.count) action items"
    try Question.confirm("queue \(count) for \(Inert.terminal(shown.joined(separator: ", ")))", isSaid: yes)
    try journal.perform(QueueDelivery(parcels), by: try options.actor(), at: now)
    for parcel in parcels { Standard.out("queued \(Inert.terminal(parcel.name))") }
  }

  /// Nil when it was queued for that place before.
  private func parcel(
    _ item: ActionItem, _ export: ActionExport, by delivery: Delivery, of system: String, in journal: Journal,
    at now: Instant
  ) throws -> Parcel? {
    guard delivery.kind == WebhookDelivery.name else {
      throw Refusal(
        "\(Inert.terminal(delivery.name)) is of the kind \(delivery.kind); action items go to a webhook.")
    }
    guard delivery.approval == nil else {
      throw Refusal(
        "\(Inert.terminal(delivery.name)) takes only what was approved, and action items are not.")
    }
    // One and the same for each try, and another in another journal.
    let origin = try journal.head().origin
    let about = item.isFollowUp ? String(HexDigest.of(Array(item.key.utf8)).prefix(16)) : item.key
    let message = DeliveryMessage(
      key: "action-\(origin.prefix(16))-\(about)", occasion: .update, system: system, title: item.title,
      subject: item.title, text: export.body(of: item), at: now, origin: origin)
    let parcel = try Parcel(message, to: delivery.destination, by: WebhookDelivery.self, digest: HexDigest.of)
    if let known = try journal.entity(DeliveryRecord.self, key: parcel.name), let at = known.queuedAt {
      Standard.plainError(
        "\(item.key) was queued by \(known.queuedBy) at \(at.dateClockUTC): \(known.state.rawValue)")
      return nil
    }
    return parcel
  }
}
