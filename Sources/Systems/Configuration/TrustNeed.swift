/// A part of a folder that starts a process or uses a secret.
package struct TrustNeed: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The words of the command.
    case starts([String])
    /// Names of secrets.
    case uses([String])
    /// What leaves for where, unasked.
    case sends(String)
    /// How many commands a responder can run from it.
    case runs(Int)
  }

  /// `endpoint disk`, `delivery pager`, `playbook database`, `secret NOVA_PAGER`.
  package let part: String
  package let reason: Reason

  /// `endpoint disk starts check_disk -w 20%`.
  package var sentence: String {
    switch reason {
    case .starts(let words): "\(part) starts \(words.joined(separator: " "))"
    case .uses(let names): "\(part) uses \(names.joined(separator: ", "))"
    case .sends(let what): "\(part) sends \(what)"
    case .runs(let count): "\(part) runs \(count) command\(count == 1 ? "" : "s") when it is told to"
    }
  }
}
