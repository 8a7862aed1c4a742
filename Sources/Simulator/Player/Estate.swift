/// One system to simulate.
package struct Estate: Hashable, Sendable {
  package struct Endpoint: Hashable, Sendable {
    package let name: String
    /// What the probe asks for, query included: `/pos/tickets?limit=1`.
    package let path: String
    /// What it answers as long as the drill says nothing else: its `expect` holds.
    package let healthy: SimulatedAnswer

    package init(name: String, path: String, healthy: SimulatedAnswer) {
      self.name = name
      self.path = path
      self.healthy = healthy
    }
  }

  /// The system's folder name, under which ``SimulatorServer/addresses`` has its address.
  package let system: String
  package let drill: Drill?
  package let endpoints: [Endpoint]
  /// Where to listen on loopback; 0 takes a free one.
  package let port: UInt16

  package init(system: String, drill: Drill?, endpoints: [Endpoint], port: UInt16 = 0) {
    self.system = system
    self.drill = drill
    self.endpoints = endpoints
    self.port = port
  }
}
