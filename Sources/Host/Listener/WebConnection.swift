import Glibc
import Serving
import Values
import Watch

/// One client of the listener: reads a request, waits for its answer, writes it, and again.
struct WebConnection {
  private enum State {
    /// - Parameter began: when the first byte of the request came; nil before it.
    case reading(began: Uptime?)
    case waiting(since: Uptime)
    case writing(since: Uptime, closes: Bool)
    case over
  }

  let socket: Socket
  /// Of the request that waits for its answer.
  var ticket: WebServer.Ticket?
  private let limits: WebServer.Limits
  private var state = State.reading(began: nil)
  private var idleSince: Uptime
  private var inbox: [UInt8] = []
  private var outbox: ArraySlice<UInt8> = []
  private var method = "GET"
  private var keepsAlive = true
  private var hasToldToGoOn = false
  /// Whether only the body is awaited.
  private var hasHead = false
  private var hasNews = false
  private var inputEnded = false

  init(_ socket: Socket, limits: WebServer.Limits, at now: Uptime) {
    self.socket = socket
    self.limits = limits
    idleSince = now
  }

  /// What to poll for; no input is read while an answer is on its way.
  var events: Int32 {
    switch state {
    case .reading: outbox.isEmpty ? POLLIN : POLLIN | POLLOUT
    case .writing: POLLOUT
    case .waiting, .over: 0
    }
  }

  /// Something happened at the socket.
  mutating func move(_ events: Int32, at now: Uptime) {
    if case .reading = state, events & (POLLIN | POLLHUP | POLLERR) != 0 { receive(at: now) }
    if case .waiting = state, events & (POLLHUP | POLLERR) != 0 { state = .over }
    if !outbox.isEmpty { send(at: now) }
  }

  private mutating func receive(at now: Uptime) {
    switch socket.read() {
    case .bytes(let bytes):
      if case .reading(nil) = state { state = .reading(began: now) }
      inbox += bytes
      // A head that came byte by byte is not read anew for each of them.
      hasNews = hasNews || hasHead || bytes.contains(10) || inbox.count > limits.request.head
    case .nothingYet: break
    case .ended:
      inputEnded = true
      if inbox.isEmpty { state = .over }
    case .broken: state = .over
    }
  }

  /// The next request, if all of it is there. One that is none is answered here.
  mutating func takeRequest(at now: Uptime) -> HTTPRequest? {
    guard case .reading = state, hasNews else { return nil }
    hasNews = false
    switch HTTPRequest.read(inbox, limits: limits.request) {
    case .incomplete(let missing):
      if inputEnded { state = .over }
      hasHead = missing != .head
      if missing == .bodyUntilToldToGoOn, !hasToldToGoOn {
        hasToldToGoOn = true
        outbox += HTTPResponse.goOn
        send(at: now)
      }
      return nil
    case .refused(let refusal):
      keepsAlive = false
      respond(HTTPResponse(refusal), at: now)
      return nil
    case .complete(let request, let count):
      inbox.removeFirst(count)
      (hasToldToGoOn, hasHead) = (false, false)
      method = request.method
      keepsAlive = request.keepsAlive && !inputEnded
      state = .waiting(since: now)
      return request
    }
  }

  mutating func answer(_ response: HTTPResponse, at now: Uptime) {
    guard case .waiting = state else { return }
    respond(response, at: now)
  }

  private mutating func respond(_ response: HTTPResponse, at now: Uptime) {
    ticket = nil
    outbox += response.bytes(method: method, keepsAlive: keepsAlive)
    state = .writing(since: now, closes: !keepsAlive)
    send(at: now)
  }

  private mutating func send(at now: Uptime) {
    while !outbox.isEmpty {
      guard let count = socket.write(outbox) else {
        state = .over
        return
      }
      guard count > 0 else { return }
      outbox = outbox.dropFirst(count)
    }
    guard case .writing(_, let closes) = state else { return }
    idleSince = now
    state = closes ? .over : .reading(began: inbox.isEmpty ? nil : now)
    hasNews = !inbox.isEmpty
  }

  /// Whether it is done with, or has taken too long.
  mutating func isOver(at now: Uptime) -> Bool {
    switch state {
    case .over: return true
    case .reading(nil): return now - idleSince > limits.idle
    case .reading(let began?):
      guard now - began > limits.transfer else { return false }
      keepsAlive = false
      respond(
        HTTPResponse(408, text: "The request took longer than \(limits.transfer.short) to arrive."), at: now)
      return true
    case .waiting(let since):
      guard now - since > limits.answer else { return false }
      keepsAlive = false
      respond(HTTPResponse(503, text: "The engine did not answer in time."), at: now)
      return true
    case .writing(let since, _): return now - since > limits.transfer
    }
  }
}
