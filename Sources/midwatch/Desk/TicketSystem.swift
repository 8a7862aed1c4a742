import ArgumentParser
import Host
import Incidents
import Values

/// Which system a request is about.
enum TicketSystem {
  /// What is named, else the only one that is here; nil for `none`, and where no folder is.
  static func named(_ name: String?, _ options: TicketOptions) throws -> String? {
    if name == "none" { return nil }
    var which = try SystemOptions.parse(name.map { [$0] } ?? [])
    which.playbooks = options.playbooks
    let all = try which.sources().map(\.name)
    if name != nil { return all.first }
    guard all.count <= 1 else {
      throw Refusal("Say what it is about with --system: \(all.joined(separator: ", ")), or none.")
    }
    return all.first
  }
}
