import Desk
import Documents
import Incidents
import Values
import Wire

/// Where tickets come from and go to.
extension SystemReader {
  mutating func ticketSource(_ reader: inout YAMLReader) -> TicketSource? {
    guard var inner = reader.mapping("source", of: "a source of tickets") else { return nil }
    defer { reader.finish(inner) }
    let all = TicketAdapters.all.map { $0.name }
    guard let kind = kind(of: all, "a source of tickets", &inner), let adapter = TicketAdapters.named(kind)
    else { return nil }
    var mapping = ExchangeMapping.ours
    if var map = inner.mapping("map", of: "map") {
      mapping = ExchangeMapping(&map)
      inner.finish(map)
    }
    var source = TicketSource(name: inner.string("name") ?? mapping.source ?? system.name, kind: kind)
    source.mapping = mapping
    if let every = inner.span("every") { source.every = atLeastASecond(every, "every", &inner) }
    if let timeout = inner.span("timeout") { source.timeout = atLeastASecond(timeout, "timeout", &inner) }
    if kind == CommandTickets.name {
      source.command = inner.strings(kind)
      if source.command.isEmpty {
        inner.complain(
          "a source of tickets has no command", remedy: "write `command: [program, argument]`",
          at: inner.position(of: kind))
      }
    } else {
      readWay(of: kind, into: &source, &inner)
    }
    for operation in TicketOperation.allCases {
      guard let call = call(operation, kind, adapter.usual(operation), &inner) else { continue }
      source.calls[operation] = call
    }
    for operation in [TicketOperation.comment, .status] where source.calls[operation] == nil {
      source.calls[operation] = adapter.usual(operation)
    }
    noteTrust(source)
    return source
  }

  private mutating func readWay(
    of kind: String, into source: inout TicketSource, _ reader: inout YAMLReader
  ) {
    if let text = requiredSecretText(kind, &reader) {
      source.address = text.url(relativeTo: nil)
      let start = source.address.description
      if !source.address.isEmpty, !source.address.beginsWithSecret, !HTTPAddress.isOne(start) {
        reader.complain(
          "this is no address of HTTP", remedy: "write one such as https://desk.example.com/api",
          at: reader.position(of: kind))
      }
    }
    source.bearer = secretText("bearer", &reader)
    source.headers = headers(&reader)
    source.ca = reader.string("ca")
    source.verifies = reader.bool("verify") ?? true
    source.list = reader.string("list")
    source.next = reader.string("next")
    source.knowsKeys = reader.bool("knows_keys") ?? false
    if kind == CallableTickets.name, let list = source.list, !Self.isFunction(list) {
      reader.complain(
        "\"\(Inert.terminal(list))\" is no name of a function",
        remedy: "write one such as listSupportTickets",
        at: reader.position(of: "list"))
    }
  }

  /// How an operation is done; nil where the folder does not want it, or says it wrongly.
  private mutating func call(
    _ operation: TicketOperation, _ kind: String, _ usual: TicketCall?, _ reader: inout YAMLReader
  ) -> TicketCall? {
    let key = operation.rawValue
    guard let node = reader.node(key), !node.isNull else { return nil }
    var call: TicketCall
    switch kind {
    case CommandTickets.name:
      call = TicketCall(words: reader.strings(key))
      if call.words.isEmpty {
        reader.complain(
          "\(key) has no command", remedy: "write `\(key): [program, \"{id}\"]`", at: node.position)
      }
    case CallableTickets.name where node.entries == nil:
      call = usual ?? TicketCall()
      call.path = reader.string(key) ?? ""
    default:
      guard var inner = reader.mapping(key, of: key) else { return nil }
      call = TicketCall(data: kind == CallableTickets.name ? usual?.data ?? [] : [])
      if kind == CallableTickets.name {
        call.path = inner.requiredString("call") ?? ""
      } else {
        readMethod(into: &call, key, &inner)
      }
      let members = inner.stringMap("data")
      if !members.isEmpty { call.data = members.map { .init($0.name, $0.value) } }
      reader.finish(inner)
    }
    if kind == CallableTickets.name, !Self.isFunction(call.path) {
      reader.complain(
        "\"\(Inert.terminal(call.path))\" is no name of a function",
        remedy: "write one such as addSupportTicketComment", at: node.position)
    }
    if let name = call.unknownNames.first {
      reader.complain(
        "there is no {\(Inert.terminal(name))} here",
        remedy: "known are \(TicketErrand.names.map { "{\($0)}" }.joined(separator: " "))", at: node.position)
    }
    return call
  }

  private func readMethod(into call: inout TicketCall, _ key: String, _ reader: inout YAMLReader) {
    let methods = ["post", "put", "patch"].filter { reader.has($0) }
    guard methods.count == 1, let method = methods.first, let path = reader.string(method),
      path.hasPrefix("/")
    else {
      for method in methods { _ = reader.string(method) }
      return reader.complain(
        "\(key) has one method and a path that begins with a slash",
        remedy: "write `post: /tickets/{id}/comments`", at: reader.position)
    }
    call.method = method.uppercased()
    call.path = path
  }

  private static func isFunction(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == 0x2D || byte == 0x5F
      }
  }

  /// It starts a process, uses a secret, or takes what is written to the customer out of the house.
  private mutating func noteTrust(_ source: TicketSource) {
    let part = "source of tickets"
    let commands = [source.command] + TicketOperation.allCases.compactMap { source.calls[$0]?.words }
    for words in commands where !words.isEmpty {
      system.trustNeeds.append(TrustNeed(part: part, reason: .starts(words)))
    }
    let names = source.secretNames
    if !names.isEmpty { system.trustNeeds.append(TrustNeed(part: part, reason: .uses(names))) }
    if source.command.isEmpty, !source.calls.isEmpty, !source.address.isEmpty {
      system.trustNeeds.append(
        TrustNeed(part: part, reason: .sends("replies and changes of tickets to \(source.shown)")))
    }
  }
}
