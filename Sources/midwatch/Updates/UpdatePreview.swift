import ArgumentParser
import Comms
import Host
import Incidents
import Systems
import Values

struct UpdatePreview: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Show exactly what would go to each destination; send nothing.")

  @OptionGroup var options: UpdateOptions
  @Option(
    help: ArgumentHelp("Names of deliveries, with commas; default those of its template.", valueName: "names")
  )
  var to: String?
  @Argument(help: "D-1.") var draft: String

  private struct Document: Encodable {
    var schema = "midwatch.update_preview/1"
    let draft: String
    let subject: String
    let text: String
    let nextUpdate: Instant?
    let parcels: [ParcelReport]
  }

  func run() throws {
    let now = Clock.now()
    try Standard.telling {
      let journal = try options.state.open(readOnly: true)
      let state = try UpdateOptions.draft(draft, in: journal)
      let desk = try UpdateDesk(state, in: journal, playbooks: options.playbooks, at: now)
      let routes = try desk.routes(of: state, to: to.map { SendOptions.names($0) })
      let promise = desk.promise(of: state)
      let parcels = try ParcelReport.all(
        try desk.parcels(of: state, by: routes, promise: promise), of: state, routes)
      for obstacle in desk.obstacles(of: routes) { Standard.plainError(obstacle) }
      if options.format == .json {
        return try Standard.json(
          Document(
            draft: state.key, subject: state.subject, text: state.text, nextUpdate: promise, parcels: parcels)
        )
      }
      guard !parcels.isEmpty else {
        Standard.out("\(state.key) has no destination: it is taken by hand.\n")
        for copy in state.copies {
          if let recipient = copy.recipient { Standard.out("== for \(Inert.terminal(recipient))") }
          Standard.out(
            "Subject: \(Inert.terminal(copy.subject))\n\n\(Inert.terminalKeepingLines(copy.text))\n")
        }
        return
      }
      for parcel in parcels { Standard.out(parcel.whole) }
    }
  }
}

/// What goes to one destination, as it is shown before it goes.
struct ParcelReport: Encodable {
  struct Header: Encodable {
    let name: String
    let value: String
  }

  let delivery: String
  let system: String
  let to: String
  let kind: String
  let destination: String
  let recipient: String?
  let approval: String?
  let isApproved: Bool
  let knowsItsKey: Bool
  let way: String
  let method: String?
  let path: String
  let headers: [Header]
  let subject: String
  let body: String
  let payloadSha256: String
  /// What goes instead if an update before it has been answered by then.
  let onceKnown: OnceKnown?

  struct OnceKnown: Encodable {
    let method: String?
    let path: String
    let body: String
  }

  static func all(_ parcels: [Parcel], of draft: Draft, _ routes: [UpdateDesk.Route]) throws -> [ParcelReport]
  {
    try parcels.map { parcel in
      guard let payload = DeliveryPayload(stored: parcel.payload) else {
        throw Refusal("What is to go to \(Inert.terminal(parcel.to)) cannot be read.")
      }
      let role = routes.first { $0.system == parcel.system && $0.delivery.name == parcel.to }?.delivery
        .approval
      return ParcelReport(
        delivery: parcel.name, system: parcel.system, to: parcel.to, kind: parcel.kind,
        destination: parcel.shown,
        recipient: parcel.recipient, approval: role,
        isApproved: role.map { draft.isApproved(as: $0) } ?? true,
        knowsItsKey: parcel.knowsItsKey, way: payload.way.rawValue,
        method: payload.way == .http ? payload.method : nil, path: payload.path,
        headers: payload.headers.map { Header(name: $0.name, value: $0.value) }, subject: payload.subject,
        body: payload.body, payloadSha256: parcel.payloadDigest,
        onceKnown: parcel.follows ? payload.later.map { OnceKnown($0, by: payload.way) } : nil)
    }
  }

  /// The destination in a line, then the payload.
  var whole: String {
    let whose = recipient.map { ", for \($0)" } ?? ""
    let role =
      approval.map { isApproved ? ", approved by the \($0)" : ", needs the approval of the \($0)" } ?? ""
    var lines = [Inert.terminal("== \(system)/\(to): \(kind), \(destination)\(whose)\(role)")]
    if let method { lines.append(Inert.terminal("\(method) \(path)")) }
    if method == nil, !path.isEmpty { lines.append(Inert.terminal("file \(path)")) }
    lines += headers.map { Inert.terminal("\($0.name): \($0.value)") }
    if !subject.isEmpty { lines.append(Inert.terminal("Subject: \(subject)")) }
    lines += ["", Inert.terminalKeepingLines(body), ""]
    if let other = onceKnown {
      lines += [
        Inert.terminal(
          "or, if the update before it has been answered by then: "
            + [other.method, other.path].compactMap { $0 }.joined(separator: " ")), "",
        Inert.terminalKeepingLines(other.body), "",
      ]
    }
    return lines.joined(separator: "\n")
  }
}

extension ParcelReport.OnceKnown {
  fileprivate init(_ later: DeliveryPayload.Later, by way: DeliveryPayload.Way) {
    let name = "ID"
    method = way == .http ? later.method : nil
    path = later.path.replacing(later.mark, with: name)
    body = later.body.replacing(later.mark, with: name)
  }
}
