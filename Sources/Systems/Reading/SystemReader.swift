import Alerting
import Documents
import Incidents
import Values

/// Reads a system.yaml key by key.
struct SystemReader {
  static let file = "system.yaml"

  let environment: [String: String]
  /// Values of secrets from files and commands, which somebody else has read.
  let knownSecrets: [String: Secret]
  /// The rules of a time zone by its name; nil when nobody can say.
  var zones: ((String) -> Zone?)?
  /// The contents of a file that is a body, by its path as it is written; nil when nobody can read one.
  var bodies: ((String) throws(BodyFailure) -> [UInt8])?
  /// The target that was read last, where secrets stand in it.
  var secretTarget: SecretText?
  var system: SystemFolder
  var problems: [Problem] = []
  var filling: Filling
  /// To say where inside a scalar something is wrong.
  var source = YAMLSource("")
  /// To be checked once everything is read.
  var playbookReferences: [PlaceReference] = []
  var alertReferences: [PlaceReference] = []
  var endpointReferences: [PlaceReference] = []
  var contactReferences: [PlaceReference] = []
  var calendarReferences: [PlaceReference] = []
  var roleReferences: [PlaceReference] = []
  /// Where each of the system's variables is declared.
  var variablePositions: [String: Position] = [:]
  /// Where `inhibit_rules` stands.
  var inhibitPosition = Position.start

  init(_ system: SystemFolder, environment: [String: String], knownSecrets: [String: Secret]) {
    self.system = system
    self.environment = environment
    self.knownSecrets = knownSecrets
    filling = Filling(file: Self.file, environment: environment, secrets: [])
  }

  mutating func read(_ text: String) {
    source = YAMLSource(text)
    let document = YAMLDocument(text, file: Self.file, problems: &problems)
    guard let root = document.root else {
      if problems.isEmpty {
        problems.append(
          Problem("the file is empty", remedy: "add at least `title: …`", file: Self.file))
      }
      return
    }
    filling = Filling(file: Self.file, environment: environment, secrets: Self.secretNames(root))
    let filling = filling
    var reader = YAMLReader(root, file: Self.file, of: "a system.yaml") { filling($0, at: $1) }
    readBasics(&reader)
    readSecrets(&reader)
    readEndpoints(&reader)
    readAlerting(&reader)
    readPromises(&reader)
    readOccasions(&reader)
    readDesk(&reader)
    readDeliveries(&reader)
    readRemotes(&reader)
    missSecrets()
    problems += reader.finish()
  }

  /// The names under `secrets:`, needed before any scalar is filled.
  private static func secretNames(_ root: YAMLNode) -> Set<String> {
    let node = root.entries?.first { $0.key.text == "secrets" }?.value
    return Set(node?.entries?.compactMap { $0.key.text } ?? [])
  }

  private mutating func readBasics(_ reader: inout YAMLReader) {
    if let title = reader.requiredString("title") { system.title = title }
    if let every = reader.span("every") { system.every = atLeastASecond(every, "every", &reader) }
    if let count = reader.integer("at_once", in: 1...10_000) { system.atOnce = count }
    if let count = reader.integer("per_host", in: 1...10_000) { system.perHost = count }
    system.links = reader.stringMap("links").map { Link(name: $0.name, url: $0.value) }
    for (key, _) in reader.node("variables")?.entries ?? [] {
      if let name = key.text { variablePositions[name] = key.position }
    }
    system.variables = reader.variables()
    system.destructive = reader.strings("destructive")
    if let timeout = reader.span("timeout") { system.commandTimeout = timeout }
    if let text = reader.string("bell") {
      system.bell = text == "none" ? nil : choice(text, of: Level.self, named: "bell", &reader)
    }
    readEnvironments(&reader)
    readContacts(&reader)
  }

  private mutating func readEnvironments(_ reader: inout YAMLReader) {
    guard var names = reader.mapping("environments", of: "environments") else { return }
    for name in names.names {
      guard let node = names.node(name) else { continue }
      var inner = names.reader(node, of: "an environment")
      let state = inner.string("state").flatMap {
        choice($0, of: Environment.State.self, named: "state", &inner)
      }
      system.environments.append(
        Environment(
          name: name, base: inner.string("base"), state: state ?? .live, about: inner.string("about")))
      names.finish(inner)
    }
    reader.finish(names)
  }

  private mutating func readContacts(_ reader: inout YAMLReader) {
    for node in reader.list("contacts") {
      var inner = reader.reader(node, of: "a contact")
      let role = inner.requiredString("role")
      let reach = inner.string("reach")
      let about = inner.string("for")
      let then = inner.string("then")
      if let role {
        if system.contact(role) != nil {
          inner.complain(
            "the contact \"\(Inert.terminal(role))\" stands twice", remedy: "remove one of them",
            at: inner.position(of: "role"))
        }
        system.contacts.append(Contact(role: role, reach: reach ?? "not set", about: about, then: then))
      }
      reader.finish(inner)
    }
  }

  // MARK: What all sections use

  func atLeastASecond(_ span: Span, _ name: String, _ reader: inout YAMLReader) -> Span {
    guard span >= .seconds(1) else {
      reader.complain(
        "\(name) is shorter than a second", remedy: "write 1s or more", at: reader.position(of: name))
      return .seconds(1)
    }
    return span
  }

  /// One of an enumeration's raw values; anything else is a problem that lists them.
  func choice<T: RawRepresentable & CaseIterable>(
    _ text: String, of type: T.Type, named name: String, _ reader: inout YAMLReader
  ) -> T? where T.RawValue == String {
    if let value = T(rawValue: text) { return value }
    let all = T.allCases.map(\.rawValue).joined(separator: ", ")
    reader.complain(
      "\(name) cannot be \"\(Inert.terminal(text))\"", remedy: "write one of \(all)",
      at: reader.node(name)?.position ?? reader.position(of: name))
    return nil
  }

  /// S1 to S4 under `severity`, one or several.
  func severities(_ reader: inout YAMLReader) -> [Severity] {
    reader.strings("severity").compactMap { choice($0, of: Severity.self, named: "severity", &reader) }
  }

  /// A reference to a playbook, kept to be checked.
  mutating func playbook(_ reader: inout YAMLReader) -> String? {
    guard let text = reader.string("playbook") else { return nil }
    playbookReferences.append(reference(text, "playbook", &reader))
    return text
  }

  func reference(_ name: String, _ key: String, _ reader: inout YAMLReader) -> PlaceReference {
    PlaceReference(
      name: name, file: Self.file, position: reader.node(key)?.position ?? reader.position(of: key))
  }

  /// Minutes after midnight of `HH:MM`.
  func minute(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), parts[1].count == 2,
      (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }

  /// The one kind among a mapping's keys. With none or several the other keys mean nothing, so nothing more is
  /// said of them.
  func kind<T: RawRepresentable & CaseIterable>(
    of type: T.Type, _ thing: String, _ reader: inout YAMLReader
  ) -> T? where T.RawValue == String {
    kind(of: T.allCases.map(\.rawValue), thing, &reader).flatMap(T.init(rawValue:))
  }

  /// The same by names.
  func kind(of all: [String], _ thing: String, _ reader: inout YAMLReader) -> String? {
    let kinds = all.filter { reader.has($0) }
    if kinds.count == 1 { return kinds.first }
    let near = reader.names.lazy.compactMap { name in
      all.first { $0.editDistance(to: name) <= 2 }.map { (name: name, kind: $0) }
    }.first
    if kinds.isEmpty, let near {
      reader.complain(
        "\(thing) has no kind, and \"\(Inert.terminal(near.name))\" is none",
        remedy: "did you mean \"\(near.kind)\"?", at: reader.position(of: near.name))
    } else {
      reader.complain(
        "\(thing) has exactly one kind, and this has \(kinds.count)",
        remedy: "write one of \(all.joined(separator: ", "))", at: reader.position)
    }
    for name in reader.names { _ = reader.node(name) }
    return nil
  }
}
