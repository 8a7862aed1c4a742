import Glibc
import Host
import Incidents
import Journal
import Values

extension TestFolder {
  static let actor = Actor(handle: "ops1", host: "h", uid: getuid())

  func journal(readOnly: Bool = false) throws -> Journal {
    var options = JournalOptions(folder: path + "/state", folds: Folds.all)
    options.readOnly = readOnly
    return try Journal(options, by: Self.actor, at: Clock.now())
  }

  /// A system folder of that text.
  func source(_ system: String, name: String = "shop") throws -> SystemSource {
    try write(system, to: "\(name)/system.yaml")
    return SystemSource(name: name, path: path + "/" + name, environment: [:])
  }
}
