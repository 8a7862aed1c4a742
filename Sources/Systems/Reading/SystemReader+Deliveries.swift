import Comms
import Documents
import Values
import Wire

/// Where updates go. Which keys there are beside a kind's own, the kind says.
extension SystemReader {
  mutating func readDeliveries(_ reader: inout YAMLReader) {
    guard var names = reader.mapping("deliveries", of: "deliveries") else { return }
    for name in names.names {
      guard let node = names.node(name) else { continue }
      var inner = names.reader(node, of: "the delivery \(Inert.terminal(name))")
      if let delivery = delivery(name, &inner) {
        system.deliveries.append(delivery)
        noteTrust(delivery)
      }
      names.finish(inner)
    }
    reader.finish(names)
  }

  private mutating func delivery(_ name: String, _ reader: inout YAMLReader) -> Delivery? {
    guard let kind = deliveryKind(&reader) else { return nil }
    let approval = reader.string("approval")
    if let approval { roleReferences.append(reference(approval, "approval", &reader)) }
    let command = kind.place == .words ? reader.strings(kind.name) : []
    let address = address(of: kind, command, &reader)
    var destination = Destination(name: name, kind: kind.name, shown: shown(address, kind, &reader))
    readContents(kind, into: &destination, &reader)
    var delivery = Delivery(name: name, kind: kind.name, destination: destination, address: address)
    delivery.command = command
    delivery.approval = approval
    refuseOwnFiles(delivery, at: place(of: kind.name, reader), &reader)
    if kind.keys.contains(.on) {
      delivery.on = reader.string("on").flatMap { choice($0, of: Level.self, named: "on", &reader) }
    }
    readWay(kind, into: &delivery, &reader)
    return delivery
  }

  /// What goes out must not become a playbook, a rule or a template.
  private func refuseOwnFiles(_ delivery: Delivery, at position: Position, _ reader: inout YAMLReader) {
    guard let place = delivery.relativePlace else { return }
    let file = !delivery.writesFolder ? place : place.isEmpty ? "x.md" : place + "/x.md"
    guard let use = SystemFolder.use(of: file) else { return }
    reader.complain(
      "what goes out to \(Inert.terminal(place)) would be read as \(use) of this folder",
      remedy:
        "write it elsewhere, such as "
        + "ops/\(Inert.terminal(place.split(separator: "/").last.map(String.init) ?? "LOG.md"))",
      at: position)
  }

  /// Where a value stands; the mapping's place when it is absent.
  private func place(of name: String, _ reader: YAMLReader) -> Position {
    var reader = reader
    return reader.node(name)?.position ?? reader.position
  }

  /// The kind by its key; nil is a problem.
  private func deliveryKind(_ reader: inout YAMLReader) -> (any DeliveryKind.Type)? {
    let all = DeliveryKinds.all.map { $0.name }
    return kind(of: all, "a delivery", &reader).flatMap(DeliveryKinds.named)
  }

  /// What stands behind the kind's key; empty, with a problem, when it cannot be one.
  private mutating func address(
    of kind: any DeliveryKind.Type, _ command: [String], _ reader: inout YAMLReader
  ) -> SecretText {
    if kind.place == .words {
      if command.isEmpty {
        reader.complain(
          "the command has no words", remedy: "write `command: [program, argument]`", at: reader.position)
      }
      return SecretText(parts: [.text(command.joined(separator: " "))])
    }
    guard let text = requiredSecretText(kind.name, &reader) else { return SecretText(parts: []) }
    let address = kind.place == .address ? text.url(relativeTo: nil) : text
    if let (what, remedy) = objection(to: address, of: kind), !address.isEmpty {
      reader.complain(what, remedy: remedy, at: place(of: kind.name, reader))
    }
    return address
  }

  /// Why a text cannot be what the kind's key holds; nil when it can.
  private func objection(to address: SecretText, of kind: any DeliveryKind.Type) -> (String, String)? {
    // A secret could be anything: what it holds is looked at when it is sent.
    let shape = address.names.isEmpty ? address.description : nil
    switch kind.place {
    case .address:
      let start = address.description
      guard address.beginsWithSecret || HTTPAddress.isOne(start) else {
        return ("this is no address of HTTP", "write one such as https://example.com/hook")
      }
      let host = start.split(separator: "/", maxSplits: 3).dropFirst().first ?? ""
      return host.contains("@")
        ? ("an address names no user", "write who we are under bearer or headers") : nil
    case .page:
      let isID = shape?.utf8.allSatisfy(Self.isIDByte) ?? true
      return isID
        ? nil
        : ("this is no id of a page", "write the page's id, letters and digits; an address goes under url")
    case .key:
      let isKey = shape?.utf8.allSatisfy(Self.isIDByte) ?? true
      return isKey ? nil : ("this is no key", "write the integration key; an address goes under url")
    case .mailServer:
      let isHost = shape.map { HostAndPort($0, defaultPort: 25) != nil } ?? true
      return isHost ? nil : ("this is no host", "write one such as mail.example.com:587")
    case .clipboard:
      return shape == "auto" ? nil : ("the clipboard is reached in one way only", "write `clipboard: auto`")
    case .file, .folder:
      return address.names.isEmpty ? nil : ("a path is shown, so no secret can stand in it", "write it out")
    case .words: return nil
    }
  }

  private static func isIDByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Where it goes, as it may be shown: a key that lets in is never.
  private func shown(
    _ address: SecretText, _ kind: any DeliveryKind.Type, _ reader: inout YAMLReader
  ) -> String {
    if address.isEmpty { return "off: its \(kind.name) is empty" }
    let url = kind.keys.contains(.url) ? reader.string("url") : nil
    switch kind.place {
    case .address, .file, .folder, .words, .mailServer: return address.description
    case .page(let root, _): return "\(url ?? root), page \(address)"
    case .key(let root, _): return url ?? root
    case .clipboard: return "the clipboard"
    }
  }

  /// What payloads are made from.
  private mutating func readContents(
    _ kind: any DeliveryKind.Type, into destination: inout Destination, _ reader: inout YAMLReader
  ) {
    if kind.keys.contains(.notify) { destination.notifies = reader.bool("notify") ?? true }
    if kind.keys.contains(.components) { destination.components = reader.strings("components") }
    if kind.keys.contains(.method) {
      let method = reader.string("method") ?? destination.method
      if WebhookDelivery.methods.contains(method) {
        destination.method = method
      } else {
        reader.complain(
          "method cannot be \"\(Inert.terminal(method))\"",
          remedy: "write one of \(WebhookDelivery.methods.joined(separator: ", "))",
          at: place(of: "method", reader))
      }
    }
    if kind.keys.contains(.json) { destination.fields = fields(&reader) }
    if kind.keys.contains(.people) { readPeople(into: &destination, &reader) }
  }

  private mutating func fields(_ reader: inout YAMLReader) -> [Destination.Field] {
    guard var inner = reader.mapping("json", of: "json") else { return [] }
    defer { reader.finish(inner) }
    return inner.names.compactMap { name in
      guard let text = inner.string(name) else { return nil }
      let position = place(of: name, inner)
      inner.add(WebhookDelivery.problems(in: text, file: Self.file, at: position))
      return Destination.Field(name: name, text: text)
    }
  }

  private mutating func readPeople(into destination: inout Destination, _ reader: inout YAMLReader) {
    destination.from = reader.requiredString("from")
    destination.to = reader.strings("to")
    destination.cc = reader.strings("cc")
    destination.bcc = reader.strings("bcc")
    if destination.to.isEmpty {
      reader.complain(
        "this mail goes to nobody", remedy: "add `to: [ops@example.com]`",
        at: reader.has("to") ? place(of: "to", reader) : reader.position)
    }
    let all = [
      ("from", destination.from.map { [$0] } ?? []), ("to", destination.to), ("cc", destination.cc),
      ("bcc", destination.bcc),
    ]
    for (key, texts) in all {
      for text in texts where MailAddress(text) == nil {
        reader.complain(
          "\"\(Inert.terminal(text))\" is no mail address",
          remedy: "write one such as ops@example.com or Ops <ops@example.com>",
          at: place(of: key, reader))
      }
    }
  }

  /// How it is reached, and who we are there.
  private mutating func readWay(
    _ kind: any DeliveryKind.Type, into delivery: inout Delivery, _ reader: inout YAMLReader
  ) {
    let keys = kind.keys
    if keys.contains(.url) {
      delivery.url = reader.string("url")
      if let url = delivery.url, !HTTPAddress.isOne(url) || url.contains("?") || url.contains("#") {
        reader.complain(
          "this is no address of HTTP", remedy: "write one such as https://status.example.com",
          at: place(of: "url", reader))
      }
    }
    if keys.contains(.token) {
      // Off, it needs none.
      let isNeeded = kind.requiredKeys.contains(.token) && !delivery.isOff
      delivery.token = isNeeded ? requiredSecretText("token", &reader) : secretText("token", &reader)
    }
    if keys.contains(.bearer) { delivery.bearer = secretText("bearer", &reader) }
    if keys.contains(.login) {
      delivery.user = secretText("user", &reader)
      delivery.password = secretText("password", &reader)
      if (delivery.user == nil) != (delivery.password == nil) {
        let missing = delivery.user == nil ? "user" : "password"
        reader.complain(
          "who logs in has a user and a password, and here is no \(missing)", remedy: "add `\(missing): …`",
          at: reader.position)
      }
    }
    if keys.contains(.encryption) {
      let isLocal = isLoopback(delivery.address)
      delivery.encryption =
        reader.string("tls").flatMap { choice($0, of: Delivery.Encryption.self, named: "tls", &reader) }
        ?? (isLocal ? .never : .starttls)
      if delivery.encryption == .never, delivery.password != nil, !isLocal {
        reader.complain(
          "the password would cross the network in the open",
          remedy: "write `tls: starttls` or `tls: always`",
          at: place(of: "tls", reader))
      }
    }
    if keys.contains(.headers) { delivery.headers = headers(&reader) }
    if keys.contains(.network) {
      delivery.ca = reader.string("ca")
      delivery.verifies = reader.bool("verify") ?? true
    }
    if !keys.isDisjoint(with: [.network, .timeout]), let timeout = reader.span("timeout") {
      delivery.timeout = atLeastASecond(timeout, "timeout", &reader)
    }
  }

  private func isLoopback(_ address: SecretText) -> Bool {
    guard address.names.isEmpty, let host = HostAndPort(address.description, defaultPort: 25)?.host else {
      return false
    }
    return host == "localhost" || host == "::1" || host.hasPrefix("127.")
  }

  mutating func headers(_ reader: inout YAMLReader) -> [Delivery.Header] {
    guard var inner = reader.mapping("headers", of: "headers") else { return [] }
    defer { reader.finish(inner) }
    return inner.names.compactMap { name in
      guard let value = secretText(name, &inner) else { return nil }
      let text = value.description
      guard Wire.Header.isToken(name),
        !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
      else {
        inner.complain(
          "this can be no header", remedy: "write a name such as X-Team and a value on one line",
          at: inner.position(of: name))
        return nil
      }
      guard !["content-type", "content-length", "idempotency-key", "host"].contains(name.lowercased()) else {
        inner.complain(
          "the header \(Inert.terminal(name)) is set by midwatch", remedy: "remove it",
          at: inner.position(of: name))
        return nil
      }
      return Delivery.Header(name: name, value: value)
    }
  }

  /// What starts a process, uses a secret, or takes something out of the house.
  private mutating func noteTrust(_ delivery: Delivery) {
    guard !delivery.isOff else { return }
    let part = "delivery \(delivery.name)"
    if !delivery.command.isEmpty {
      system.trustNeeds.append(TrustNeed(part: part, reason: .starts(delivery.command)))
    }
    let names = delivery.secretNames
    if !names.isEmpty { system.trustNeeds.append(TrustNeed(part: part, reason: .uses(names))) }
    let shown = delivery.destination.shown
    if let level = delivery.on {
      system.trustNeeds.append(
        TrustNeed(
          part: part,
          reason: .sends("alerts and reminders of tickets of level \(level.rawValue) to \(shown) by itself")))
    } else if delivery.command.isEmpty, names.isEmpty, delivery.kind != ClipboardDelivery.name {
      system.trustNeeds.append(TrustNeed(part: part, reason: .sends("updates to \(shown)")))
    }
  }
}
