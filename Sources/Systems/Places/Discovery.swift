/// Where things are looked for. Pure: it lists paths in order, and the executable sees which exist.
package struct Discovery: Sendable {
  package let environment: [String: String]

  package init(environment: [String: String]) {
    self.environment = environment
  }

  /// Folders that may hold systems; the first that exists counts. A folder that was named counts alone: if it
  /// does not exist, that is an error, not a reason to look elsewhere.
  ///
  /// - Parameter option: `--playbooks`.
  package func playbookFolders(option: String? = nil) -> [String] {
    if let option { return [option] }
    if let named = set("MIDWATCH_PLAYBOOKS") { return [named] }
    return [configurationHome.map { $0 + "/midwatch/playbooks" }, "/etc/midwatch/playbooks"].compactMap { $0 }
  }

  /// Where `init` writes.
  package func newSystems(option: String? = nil) -> String? { playbookFolders(option: option).first }

  /// Where the journal is kept; nil when there is neither a name nor a home.
  ///
  /// - Parameter option: `--state`.
  package func stateFolder(option: String? = nil) -> String? {
    option ?? set("MIDWATCH_STATE") ?? base("XDG_STATE_HOME", else: ".local/state").map { $0 + "/midwatch" }
  }

  /// Folders of themes, in order; the first that has the theme counts.
  package var themeFolders: [String] {
    [configurationHome.map { $0 + "/midwatch/themes" }, "/etc/midwatch/themes"].compactMap { $0 }
  }

  /// Where the bundled systems and themes may be: beside the binary, then each of its parents. The first that
  /// holds both `playbooks` and `themes` counts.
  ///
  /// - Parameter executable: its absolute path, links resolved.
  package func bundledFolders(executable: String) -> [String] {
    var parts = executable.split(separator: "/").dropLast()
    let parents = { (parts: ArraySlice<Substring>) in "/" + parts.joined(separator: "/") }
    var folders = [parents(parts.dropLast()) + (parts.count > 1 ? "/" : "") + "share/midwatch"]
    while true {
      folders.append(parents(parts))
      guard !parts.isEmpty else { return folders }
      parts = parts.dropLast()
    }
  }

  private var configurationHome: String? { base("XDG_CONFIG_HOME", else: ".config") }

  /// A base directory of the XDG specification, which says that relative paths are to be ignored.
  private func base(_ name: String, else fallback: String) -> String? {
    if let path = set(name), path.hasPrefix("/") { return path }
    return set("HOME").map { ($0.hasSuffix("/") ? $0 : $0 + "/") + fallback }
  }

  private func set(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
