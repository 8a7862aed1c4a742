import Host
import Incidents
import Probes
import Systems
import Values

/// Endpoints by their names.
extension LiveState {
  /// The endpoint meant by `NAME` or `SYSTEM/NAME`, with the secrets that it needs.
  ///
  /// Throws a sentence when there is none, when several systems have one, and when it may not be probed.
  func endpoint(_ name: String) throws -> (system: String, endpoint: Endpoint) {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    let found = folders.flatMap { folder, isTrusted in
      folder.endpoints.filter { endpoint in
        endpoint.name == name || parts == [folder.name, endpoint.name]
      }.map { (system: folder.name, endpoint: $0) }
    }
    let shown = Inert.terminal(name)
    guard let first = found.first else {
      throw Refusal(
        "There is no endpoint \(shown); `midwatch check` lists them, and a URL can be probed as it is.")
    }
    guard found.count == 1 else {
      let names = found.map { "\($0.system)/\($0.endpoint.name)" }.joined(separator: ", ")
      throw Refusal("Several systems have an endpoint \(shown): write one of \(names).")
    }
    let filled = withSecrets(sources.filter { $0.name == first.system }).first
    let endpoint = filled?.folder.endpoints.first { $0.name == first.endpoint.name } ?? first.endpoint
    if let reason = endpoint.heldBack(isTrusted: filled?.isTrusted ?? false) {
      let remedy =
        reason == "not trusted"
        ? " `midwatch trust \(first.system)` shows what it would do, and asks." : ""
      throw Refusal("\(first.system)/\(endpoint.name) is not probed: \(Inert.terminal(reason)).\(remedy)")
    }
    return (first.system, endpoint)
  }
}
