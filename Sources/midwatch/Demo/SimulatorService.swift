import Foundation
import Host
import Simulator
import Values

/// `demo --serve`: serves until its standard input ends or a signal comes.
enum SimulatorService {
  static func run(_ demo: Demo, started: Instant) throws {
    let server = try SimulatorServer(estates: demo.estates, started: started, clock: { Clock.now() })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    Standard.out(String(decoding: try encoder.encode(server.addresses), as: UTF8.self))
    while let more = try? FileHandle.standardInput.read(upToCount: 4096), !more.isEmpty {}
    server.stop()
  }
}
