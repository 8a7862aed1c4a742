import Serving
import Values

/// One client's connection: reads a request, waits as long as the drill says, answers or fails, and again.
struct Connection {
  private enum State {
    case reading
    case waiting(until: Instant, SimulatedAnswer, HTTPRequest)
    case writing(closes: Bool)
    /// One byte of the outbox at a time.
    case dripping(next: Instant)
    case hanging
  }

  /// Of a request.
  private static let limits = HTTPRequest.Limits(head: 64 << 10, body: 1 << 20)

  let host: Int
  private let socket: Socket
  private var state = State.reading
  private var inbox: [UInt8] = []
  private var outbox: ArraySlice<UInt8> = []
  /// The client has sent its last byte.
  private var inputEnded = false
  /// Closed: to be forgotten.
  private(set) var isOver = false

  init(_ socket: Socket, host: Int) {
    self.socket = socket
    self.host = host
  }

  var descriptor: Int32 { socket.descriptor }
  var wantsInput: Bool { !inputEnded && inbox.count <= Self.limits.head + Self.limits.body }

  var wantsOutput: Bool {
    if case .writing = state { return true }
    return false
  }

  /// When something is to be done even if no byte moves.
  var due: Instant? {
    switch state {
    case .waiting(let until, _, _): until
    case .dripping(let next): next
    default: nil
    }
  }

  /// Takes what has arrived.
  mutating func receive() {
    switch socket.read() {
    case .bytes(let bytes): inbox += bytes
    case .nothingYet: break
    case .broken: close()
    case .ended:
      inputEnded = true
      switch state {
      case .reading, .hanging: close()
      default: break
      }
    }
  }

  /// Goes as far as it can at `now`; `answer` says what a request gets.
  mutating func advance(at now: Instant, answer: (HTTPRequest) -> SimulatedAnswer) {
    var moved = true
    while moved, !isOver {
      switch state {
      case .reading: moved = read(at: now, answer: answer)
      case .waiting(let until, let answer, let request):
        moved = until <= now
        if moved { begin(answer, to: request, at: now) }
      case .writing(let closes): moved = write(closes: closes)
      case .dripping(let next): moved = drip(next, at: now)
      case .hanging: moved = false
      }
    }
  }

  mutating func close() {
    guard !isOver else { return }
    isOver = true
    socket.close()
  }

  mutating func reset() {
    guard !isOver else { return }
    isOver = true
    socket.reset()
  }

  private mutating func read(at now: Instant, answer: (HTTPRequest) -> SimulatedAnswer) -> Bool {
    switch HTTPRequest.read(inbox, limits: Self.limits) {
    case .incomplete: return false
    case .refused:
      outbox = HTTPResponse(400).bytes(method: "GET", keepsAlive: false)[...]
      state = .writing(closes: true)
    case .complete(let request, let bytes):
      inbox.removeFirst(bytes)
      let answer = answer(request)
      state = .waiting(until: now + answer.latency, answer, request)
    }
    return true
  }

  private mutating func begin(_ answer: SimulatedAnswer, to request: HTTPRequest, at now: Instant) {
    switch answer.fault {
    case .refuse, .reset: reset()
    case .hang: state = .hanging
    case .garbage:
      outbox = SimulatedAnswer.garbage[...]
      state = .writing(closes: true)
    case .drip:
      outbox = answer.bytes(to: request)[...]
      state = .dripping(next: now)
    case nil:
      outbox = answer.bytes(to: request)[...]
      state = .writing(closes: !request.keepsAlive)
    }
  }

  private mutating func write(closes: Bool) -> Bool {
    guard let count = socket.write(outbox) else {
      close()
      return true
    }
    outbox = outbox.dropFirst(count)
    guard outbox.isEmpty else { return false }
    if closes || inputEnded { close() } else { state = .reading }
    return true
  }

  private mutating func drip(_ next: Instant, at now: Instant) -> Bool {
    guard next <= now else { return false }
    guard let count = socket.write(outbox.prefix(1)) else {
      close()
      return true
    }
    outbox = outbox.dropFirst(count)
    if outbox.isEmpty { close() } else { state = .dripping(next: now + .seconds(1)) }
    return true
  }
}
