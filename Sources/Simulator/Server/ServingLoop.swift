import Serving
import Values

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Everything that the simulator's thread owns: one poll(2) over all ports and connections.
struct ServingLoop: Sendable {
  struct Host: Sendable {
    let player: DrillPlayer
    let port: UInt16
    /// Keeps the port while nobody listens on it.
    let holder: Socket
    /// Nil while the drill refuses.
    var listener: Socket?
  }

  var hosts: [Host]
  let started: Instant
  let clock: @Sendable () -> Instant
  /// Readable when the loop is to end.
  let wake: Int32

  /// Connections over all ports; more are turned away.
  private static let maximumConnections = 512
  /// The longest sleep: how late a clock that was set is noticed.
  private static let maximumSleep: Int64 = 250

  /// Until `wake` is readable; then closes everything but `wake`.
  mutating func run() {
    var connections: [Int32: Connection] = [:]
    while true {
      let now = clock()
      openAndClose(at: now, &connections)
      for descriptor in connections.keys {
        advance(&connections, descriptor, at: now)
      }
      var watched = watchList(connections)
      let ready = poll(&watched, nfds_t(watched.count), sleep(connections, at: now))
      guard ready > 0 else { continue }
      if watched.first?.revents != 0 { break }
      for entry in watched.dropFirst() where entry.revents != 0 {
        if let host = hosts.firstIndex(where: { $0.listener?.descriptor == entry.fd }) {
          accept(for: host, &connections)
        } else if connections[entry.fd]?.wantsInput == true {
          connections[entry.fd]?.receive()
        } else if Int32(entry.revents) & Int32(POLLERR | POLLHUP) != 0 {
          connections[entry.fd]?.close()
        }
      }
    }
    for descriptor in connections.keys { connections[descriptor]?.close() }
    for host in hosts {
      host.listener?.close()
      host.holder.close()
    }
  }

  private func elapsed(at now: Instant) -> Span { max(.zero, now - started) }

  private mutating func openAndClose(at now: Instant, _ connections: inout [Int32: Connection]) {
    for index in hosts.indices {
      let refuses = hosts[index].player.refuses(at: elapsed(at: now))
      if refuses, let listener = hosts[index].listener {
        listener.close()
        hosts[index].listener = nil
        for descriptor in connections.keys where connections[descriptor]?.host == index {
          connections[descriptor]?.reset()
          connections[descriptor] = nil
        }
      } else if !refuses, hosts[index].listener == nil {
        // A failure is tried again at the next turn: until then the port goes on refusing.
        hosts[index].listener = try? Socket.listening(on: hosts[index].port)
      }
    }
  }

  private func advance(_ connections: inout [Int32: Connection], _ descriptor: Int32, at now: Instant) {
    guard let host = connections[descriptor]?.host, hosts.indices.contains(host) else { return }
    let player = hosts[host].player
    let elapsed = elapsed(at: now)
    connections[descriptor]?.advance(at: now) { player.answer(to: $0.target, at: elapsed) }
    if connections[descriptor]?.isOver == true { connections[descriptor] = nil }
  }

  private func accept(for host: Int, _ connections: inout [Int32: Connection]) {
    while let socket = hosts[host].listener?.accept() {
      if connections.count >= Self.maximumConnections {
        socket.reset()
      } else {
        connections[socket.descriptor] = Connection(socket, host: host)
      }
    }
  }

  /// `wake` first.
  private func watchList(_ connections: [Int32: Connection]) -> [pollfd] {
    var list = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
    for host in hosts {
      if let listener = host.listener {
        list.append(pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0))
      }
    }
    for (descriptor, connection) in connections {
      let events = (connection.wantsInput ? POLLIN : 0) | (connection.wantsOutput ? POLLOUT : 0)
      list.append(pollfd(fd: descriptor, events: Int16(events), revents: 0))
    }
    return list
  }

  /// Milliseconds until the next thing is due.
  private func sleep(_ connections: [Int32: Connection], at now: Instant) -> Int32 {
    var least = Self.maximumSleep
    for connection in connections.values {
      if let due = connection.due { least = min(least, (due - now).milliseconds) }
    }
    for host in hosts {
      if let next = host.player.nextChange(after: elapsed(at: now)) {
        least = min(least, (next - elapsed(at: now)).milliseconds)
      }
    }
    return Int32(clamping: max(0, least))
  }
}
