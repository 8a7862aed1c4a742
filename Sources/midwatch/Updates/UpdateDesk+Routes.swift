import Comms
import Host
import Incidents
import Journal
import Systems
import Values

/// Where a draft's copies go: each by the folder of the system that it is for.
extension UpdateDesk {
  /// One destination, and what goes there.
  struct Route {
    let system: String
    let delivery: Delivery
    let copies: [DraftCopy]
  }

  /// What names stand for, or, without any, where the draft's template sends it as far as that is on.
  ///
  /// - Throws: for a name that a system does not have, or that is off there.
  func routes(of draft: Draft, to names: [String]?) throws -> [Route] {
    let channels = template(draft.template)?.channels ?? []
    return try systems(of: draft).flatMap { system -> [Route] in
      let folder = folders[system]
      let copies = draft.copies.filter { ($0.system ?? self.system ?? "") == system }
      let deliveries =
        try names.map { try $0.map { try delivery($0, of: system) } }
        ?? channels.compactMap { folder?.delivery($0) }.filter { !$0.isOff }
      return deliveries.map { Route(system: system, delivery: $0, copies: copies) }
    }
  }

  /// Systems of the draft's copies to which no route leads.
  func unreached(_ draft: Draft, by routes: [Route]) -> [String] {
    systems(of: draft).filter { system in !routes.contains { $0.system == system } }
  }

  /// In the order of the recipients, each once.
  private func systems(of draft: Draft) -> [String] {
    draft.copies.reduce(into: []) { all, copy in
      let system = copy.system ?? self.system ?? ""
      if !all.contains(system) { all.append(system) }
    }
  }

  func delivery(_ name: String, of system: String) throws -> Delivery {
    guard let delivery = folders[system]?.delivery(name) else {
      let all = folders[system]?.deliveries.map(\.name).joined(separator: ", ") ?? ""
      throw Refusal(
        "\(system.isEmpty ? "No system" : Inert.terminal(system)) has no delivery \(Inert.terminal(name)); "
          + (all.isEmpty ? "say where it was taken with --by-hand." : "it has \(all)."))
    }
    guard !delivery.isOff else {
      throw Refusal("\(name) is off: its \(delivery.kind) is empty in system.yaml.")
    }
    return delivery
  }

  /// What goes to each destination, one for each copy.
  func parcels(of draft: Draft, by routes: [Route], promise: Instant?) throws -> [Parcel] {
    let origin = try journal.head().origin
    let drafts = try drafts()
    let records = try journal.entities(DeliveryRecord.self).filter {
      $0.incident != nil && $0.incident == incident?.key
    }
    return try routes.flatMap { route -> [Parcel] in
      let delivery = route.delivery
      guard let kind = DeliveryKinds.named(delivery.kind) else {
        throw Refusal("There is no kind of delivery \(Inert.terminal(delivery.kind)).")
      }
      let place = "\(route.system)/\(delivery.name)"
      let remote = incident.flatMap { records.remoteID(of: $0.key, at: place) }
      return try route.copies.map { copy in
        let message = DeliveryMessage(
          draft, copy: copy, incident: incident, system: route.system, origin: origin, place: place,
          earlier: drafts, remoteID: remote, promise: promise, at: now)
        return try Parcel(
          message, to: delivery.destination, by: kind, draft: draft.key, digest: HexDigest.of)
      }
    }
  }

  /// Why nothing goes out of the folder of a system as it is now, for each of which that holds.
  func obstacles(of routes: [Route]) -> [String] {
    routes.map(\.system).reduce(into: [String]()) { all, name in if !all.contains(name) { all.append(name) } }
      .compactMap { system in
        guard let folder = folders[system], let source = sources[system] else { return nil }
        let name = Inert.terminal(system)
        if source.isBundled { return "\(name) is a simulated system: nothing of it goes out." }
        guard !TrustCheck.mayRunCommands(of: folder, at: source.path, in: journal) else { return nil }
        return "\(name) is not trusted as it is now, and nothing goes out of it before it is: "
          + "`midwatch trust \(Inert.terminal(source.path))` shows why."
      }
  }
}

/// Whom a draft is for.
extension UpdateDesk {
  /// Each with what the folder of their system gives to their copy. Where no such folder is here, `system` is a field
  /// like any other; a system that was named as such has to be here.
  func addressed(_ recipients: [Recipient]) throws -> [Recipient] {
    try recipients.map { one in
      guard let system = one.system else { return one }
      guard let folder = folders[system] else {
        guard one.name != system else {
          throw Refusal("There is no folder of a system \(Inert.terminal(system)) here.")
        }
        return Recipient(one.name, fields: one.fields)
      }
      let links = Dictionary(folder.links.map { ($0.name, $0.url) }) { first, _ in first }
      let name = one.name == system ? folder.title : one.name
      return Recipient(name, fields: one.fields, system: system)
        .addressed(to: system, title: folder.title, links: links)
    }
  }
}
