/// An endpoint to which something is pushed.
package struct PushPlace: Hashable, Codable, Sendable {
  package let system: String
  package let endpoint: String

  package init(system: String, endpoint: String) {
    self.system = system
    self.endpoint = endpoint
  }
}
