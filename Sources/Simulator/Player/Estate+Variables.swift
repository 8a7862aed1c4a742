/// Pointing a system folder at the simulator.
extension Estate {
  /// The environment variables of a system.yaml whose default is an address on this machine, each with the
  /// simulator's `address` in place of the default's host and port: `${SHOP_APP:-http://127.0.0.1:8080/app}`
  /// becomes `SHOP_APP`, `<address>/app`.
  package static func variables(in systemFile: String, at address: String) -> [String: String] {
    var variables: [String: String] = [:]
    for match in systemFile.matches(
      of: /\$\{([A-Za-z_][A-Za-z0-9_]*):-http:\/\/127\.0\.0\.1(:[0-9]+)?([^}]*)\}/)
    {
      variables[String(match.1)] = address + match.3
    }
    return variables
  }
}
