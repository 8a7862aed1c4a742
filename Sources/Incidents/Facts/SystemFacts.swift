/// The engine took a system's folder under watch, or read it anew.
package struct SystemLoaded: Fact {
  package static let kind = "system.loaded"
  package let system: String
  /// SHA-256 over the folder's files.
  package let digest: String
  package let title: String
  package let problems: Int

  package init(system: String, digest: String, title: String, problems: Int) {
    self.system = system
    self.digest = digest
    self.title = title
    self.problems = problems
  }
}

/// Somebody looked at a folder that starts processes or uses secrets, and trusts it as it is.
package struct SystemTrusted: Fact {
  package static let kind = "system.trusted"
  package let system: String
  package let path: String
  package let digest: String
  /// The digest trusted before, if any.
  package let replaces: String?
  /// Who may start processes on this word: an engine honours its own uid's and root's.
  package let uid: UInt32
}
