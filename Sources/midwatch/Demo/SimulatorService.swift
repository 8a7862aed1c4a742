import Foundation
import Host
import Simulator
import Values

/// `demo --serve`: serves until its standard input ends or a signal comes.
enum SimulatorService {
  /// - Parameter folder: where the ports are kept, so that a demo that goes on has the same addresses and
  ///   its alerts the same labels; nil keeps none.
  static func run(_ demo: Demo, started: Instant, folder: String?) throws {
    let file = folder.map { URL(fileURLWithPath: $0 + "/ports.json") }
    let known =
      file.flatMap { try? JSONDecoder().decode([String: UInt16].self, from: Data(contentsOf: $0)) } ?? [:]
    let server = try Self.server(demo.estates, ports: known, started: started)
    if let file, known.isEmpty {
      try? JSONEncoder().encode(server.addresses.compactMapValues(port(of:))).write(
        to: file, options: .atomic)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    Standard.out(String(decoding: try encoder.encode(server.addresses), as: UTF8.self))
    while let more = try? FileHandle.standardInput.read(upToCount: 4096), !more.isEmpty {}
    server.stop()
  }

  /// On the ports of before; on free ones when somebody else has taken one of those.
  private static func server(
    _ estates: [Estate], ports: [String: UInt16], started: Instant
  ) throws -> SimulatorServer {
    let placed = estates.map {
      Estate(system: $0.system, drill: $0.drill, endpoints: $0.endpoints, port: ports[$0.system] ?? 0)
    }
    do {
      return try SimulatorServer(estates: placed, started: started, clock: { Clock.now() })
    } catch  where !ports.isEmpty {
      return try SimulatorServer(estates: estates, started: started, clock: { Clock.now() })
    }
  }

  private static func port(of address: String) -> UInt16? {
    address.split(separator: ":").last.flatMap { UInt16($0) }
  }
}
