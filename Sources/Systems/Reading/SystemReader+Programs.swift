import Documents
import Probes
import Values

/// Programs that an endpoint starts: `exec`, and a `log` that is a command's output.
extension SystemReader {
  /// What is run, as text; nil when there is none.
  mutating func program(_ reader: inout YAMLReader, _ detail: inout EndpointDetail) -> String? {
    detail.command = reader.strings("exec")
    if let text = reader.string("output") {
      detail.output = choice(text, of: ProgramOutput.self, named: "output", &reader) ?? .none
    }
    guard !detail.command.isEmpty else {
      reader.complain(
        "exec has no command", remedy: "write `exec: [program, argument]`", at: reader.position)
      return nil
    }
    return detail.command.joined(separator: " ")
  }

  /// Where and with what it runs. A secret may stand in `env` only: everybody can read a process's arguments.
  mutating func readSurroundings(
    _ reader: inout YAMLReader, into endpoint: inout Endpoint, _ detail: inout EndpointDetail
  ) {
    guard !detail.command.isEmpty else { return }
    detail.directory = reader.string("directory")
    detail.withheld = Set(system.secrets.filter { $0.origin == .environment }.map(\.name))
    guard var names = reader.mapping("env", of: "env") else { return }
    for name in names.names {
      guard let text = secretText(name, &names) else { continue }
      guard !name.isEmpty, !name.contains("="), !name.utf8.contains(0) else {
        names.complain(
          "\"\(Inert.terminal(name))\" cannot be the name of a variable", remedy: "write one such as TOKEN",
          at: names.position(of: name))
        continue
      }
      guard let value = use(text, in: &endpoint) else { continue }
      detail.environment[name] = value
      if !text.names.isEmpty { detail.masked.append(value) }
    }
    reader.finish(names)
  }
}
