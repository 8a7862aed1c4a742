import Glibc
import Serving
import Transfer
import Values
import Watch

/// What the server's thread owns: one poll(2) over the listener and all connections.
struct WebLoop {
  private let listener: Socket
  private let limits: WebServer.Limits
  private let handle: @Sendable (HTTPRequest, WebServer.Ticket) -> HTTPResponse?
  private var connections: [Int32: WebConnection] = [:]
  private var tickets: [WebServer.Ticket: Int32] = [:]
  private var next: UInt64 = 0
  /// No descriptor was left: nobody is let in before then.
  private var isFullUntil: Uptime?

  /// The longest sleep, so that what is due is noticed.
  private static let longest = Span.seconds(1)

  init(
    listener: Socket, limits: WebServer.Limits,
    handle: @escaping @Sendable (HTTPRequest, WebServer.Ticket) -> HTTPResponse?
  ) {
    self.listener = listener
    self.limits = limits
    self.handle = handle
  }

  /// Sleeps until something comes, and does it; false once told to stop.
  mutating func turn(_ orders: Mailbox<WebServer.Order>) -> Bool {
    let isOpen = connections.count < limits.connections && isFullUntil.map { $0 <= Clock.steady() } ?? true
    var watched = [
      pollfd(fd: orders.fileDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: isOpen ? listener.descriptor : -1, events: Int16(POLLIN), revents: 0),
    ]
    for (descriptor, connection) in connections {
      watched.append(pollfd(fd: descriptor, events: Int16(connection.events), revents: 0))
    }
    let timeout = connections.isEmpty && isOpen ? -1 : Int32(clamping: Self.longest.milliseconds)
    _ = poll(&watched, nfds_t(watched.count), timeout)
    let now = Clock.steady()
    for order in orders.drain() {
      switch order {
      case .stop: return false
      case .answer(let ticket, let response): answer(ticket, response, at: now)
      }
    }
    if watched.dropFirst().first.map({ $0.revents != 0 }) ?? false { accept(at: now) }
    for entry in watched.dropFirst(2) where entry.revents != 0 {
      connections[entry.fd]?.move(Int32(entry.revents), at: now)
    }
    for descriptor in Array(connections.keys) { advance(descriptor, at: now) }
    return true
  }

  mutating func close() {
    for connection in connections.values { connection.socket.close() }
    connections = [:]
    listener.close()
  }

  private mutating func accept(at now: Uptime) {
    isFullUntil = nil
    while connections.count < limits.connections {
      guard let socket = listener.accept() else {
        // Out of descriptors it would be asked again at once, and for ever.
        if errno == EMFILE || errno == ENFILE { isFullUntil = now + Self.longest }
        return
      }
      connections[socket.descriptor] = WebConnection(socket, limits: limits, at: now)
    }
  }

  /// Goes as far as a connection can.
  private mutating func advance(_ descriptor: Int32, at now: Uptime) {
    while let request = connections[descriptor]?.takeRequest(at: now) {
      let ticket = WebServer.Ticket(number: next)
      next += 1
      tickets[ticket] = descriptor
      connections[descriptor]?.ticket = ticket
      guard let response = handle(request, ticket) else { break }
      answer(ticket, response, at: now)
    }
    let ticket = connections[descriptor]?.ticket
    guard connections[descriptor]?.isOver(at: now) ?? false else { return }
    if let ticket { tickets[ticket] = nil }
    connections.removeValue(forKey: descriptor)?.socket.close()
  }

  private mutating func answer(_ ticket: WebServer.Ticket, _ response: HTTPResponse, at now: Uptime) {
    guard let descriptor = tickets.removeValue(forKey: ticket) else { return }
    connections[descriptor]?.answer(response, at: now)
  }
}
