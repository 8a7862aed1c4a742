import Dispatch
import Serving
import Synchronization
import Values

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Plays estates on loopback: one port for each system, all on one thread.
package final class SimulatorServer: Sendable {
  /// By system: `http://127.0.0.1:18081`, without a slash at the end.
  package let addresses: [String: String]

  private let ends: (read: Int32, write: Int32)
  private let thread = DispatchGroup()
  private let isStopped = Mutex(false)

  /// Listens on every estate's port and answers until ``stop()``.
  ///
  /// - Parameters:
  ///   - started: when the drills began; an earlier instant goes on with them.
  ///   - clock: says what time it is; asked on the simulator's thread.
  /// - Throws: ``SocketFailure`` when a port cannot be used.
  package init(estates: [Estate], started: Instant, clock: @escaping @Sendable () -> Instant) throws {
    var hosts: [ServingLoop.Host] = []
    var addresses: [String: String] = [:]
    do {
      for estate in estates {
        let (holder, port) = try Socket.holding(port: estate.port)
        hosts.append(
          ServingLoop.Host(player: DrillPlayer(estate), port: port, holder: holder, listener: nil))
        addresses[estate.system] = "http://127.0.0.1:\(port)"
        hosts[hosts.count - 1].listener = try Socket.listening(on: port)
      }
      ends = try Self.pipe()
    } catch {
      for host in hosts {
        host.listener?.close()
        host.holder.close()
      }
      throw error
    }
    self.addresses = addresses
    let loop = ServingLoop(hosts: hosts, started: started, clock: clock, wake: ends.read)
    DispatchQueue(label: "midwatch.simulator").async(group: thread) {
      var loop = loop
      loop.run()
    }
  }

  deinit {
    stop()
  }

  /// Closes every port and connection, and returns when they are closed. Calling it again does nothing.
  package func stop() {
    let isFirst = isStopped.withLock { stopped in
      defer { stopped = true }
      return !stopped
    }
    guard isFirst else { return }
    var byte: UInt8 = 0
    _ = write(ends.write, &byte, 1)
    thread.wait()
    _ = close(ends.read)
    _ = close(ends.write)
  }

  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let outcome = Glibc.pipe(&ends)
    #else
      let outcome = Darwin.pipe(&ends)
    #endif
    guard outcome == 0, let read = ends.first, let write = ends.last else {
      throw SocketFailure("no file descriptor is left to begin with; close other programs")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (read, write)
  }
}
