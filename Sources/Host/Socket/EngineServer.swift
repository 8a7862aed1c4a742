import Glibc
import Transfer
import Values
import Watch

/// Publishes the engine's snapshots on `engine.sock` and takes viewers' questions, on a thread of its own.
///
/// A slow reader gets only the newest snapshot of each system, and keeps nobody waiting.
package final class EngineServer: Sendable {
  /// What viewers ask of the engine; answers come back through ``answer(_:)``.
  package enum Question: Sendable {
    case query(EngineMessage.Query)
    case probe(system: String, endpoint: String)
    /// Answer with ``EngineServer/traced(_:)`` under the same number.
    case trace(id: Int, system: String, endpoint: String)
    case reload
    /// Answer with ``EngineServer/answer(_:)`` under its number.
    case push(EngineMessage.Push)
    /// Answer with ``EngineServer/figures(_:_:)`` under the same number.
    case figures(Int)
    /// Whether anybody wants snapshots; what is published while nobody does is not kept.
    case watched(Bool)
  }

  private enum Order: Sendable {
    case publish(SystemSnapshot)
    case answer(EngineMessage.Answer)
    case figures(Int, EngineFigures)
    case traced(TraceAnswer)
    case stop
  }

  /// Questions of viewers are numbered from here, so that they are not taken for the engine's own console's.
  package static let firstQuestion = 1 << 32

  private let orders: Mailbox<Order>
  private let worker: Worker?

  /// Nil when the socket cannot be made; the engine then works alone, and says so.
  package init?(
    path: String, mode: UInt32, hello: EngineMessage.Hello, ask: @escaping @Sendable (Question) -> Void
  ) {
    guard let socket = UnixSocket.listening(at: path, mode: mode_t(mode)) else { return nil }
    let orders = Mailbox<Order>()
    self.orders = orders
    worker = Worker(name: "engine.sock") {
      var loop = Loop(socket: socket, hello: hello, ask: ask)
      while loop.turn(orders) {}
    }
    guard worker != nil else { return nil }
  }

  package func publish(_ snapshot: SystemSnapshot) { orders.post(.publish(snapshot)) }

  package func answer(_ answer: EngineMessage.Answer) { orders.post(.answer(answer)) }

  package func figures(_ id: Int, _ figures: EngineFigures) { orders.post(.figures(id, figures)) }

  package func traced(_ answer: TraceAnswer) { orders.post(.traced(answer)) }

  /// Ends the thread and closes every connection; waits for it.
  package func stop() {
    orders.post(.stop)
    worker?.join()
  }

  /// One viewer: what it is still owed.
  private final class Client {
    let socket: UnixSocket
    var framing = MessageFraming()
    var isSubscribed = false
    var owed: [String: SystemSnapshot] = [:]
    var replies: [EngineMessage]
    var writing: ArraySlice<UInt8> = []

    init(socket: UnixSocket, hello: EngineMessage.Hello) {
      self.socket = socket
      replies = [.hello(hello)]
    }

    var hasMore: Bool { !writing.isEmpty || !replies.isEmpty || !owed.isEmpty }

    /// Writes what fits; false when the viewer is gone.
    func flush() -> Bool {
      while hasMore {
        if writing.isEmpty, let next = next() {
          writing = ((try? MessageFraming.frame(next)) ?? [])[...]
        }
        guard let sent = socket.send(writing) else { return false }
        if sent == 0, !writing.isEmpty { return true }
        writing = writing.dropFirst(sent)
      }
      return true
    }

    private func next() -> EngineMessage? {
      if !replies.isEmpty { return replies.removeFirst() }
      guard let system = owed.keys.first, let snapshot = owed.removeValue(forKey: system) else { return nil }
      return .snapshot(snapshot)
    }
  }

  private struct Loop {
    let socket: UnixSocket
    let hello: EngineMessage.Hello
    let ask: @Sendable (Question) -> Void
    var clients: [Int: Client] = [:]
    var latest: [String: SystemSnapshot] = [:]
    var nextClient = 0
    /// Which client asked the question that the engine knows by this number.
    var asked: [Int: (client: Int, id: Int)] = [:]
    var nextQuestion = EngineServer.firstQuestion
    var isWatched = false

    init(socket: UnixSocket, hello: EngineMessage.Hello, ask: @escaping @Sendable (Question) -> Void) {
      self.socket = socket
      self.hello = hello
      self.ask = ask
    }

    /// Sleeps until something comes, and does it; false once told to stop.
    mutating func turn(_ orders: Mailbox<Order>) -> Bool {
      let ids = clients.keys.sorted()
      var watched = [
        pollfd(fd: orders.fileDescriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      for id in ids {
        guard let client = clients[id] else { continue }
        let events = client.hasMore ? POLLIN | POLLOUT : POLLIN
        watched.append(pollfd(fd: client.socket.descriptor, events: Int16(events), revents: 0))
      }
      _ = poll(&watched, nfds_t(watched.count), -1)
      for order in orders.drain() {
        switch order {
        case .stop: return false
        case .publish(let snapshot):
          // What nobody wanted would be old by the time that somebody does.
          guard isWatched else { continue }
          latest[snapshot.system] = snapshot
          for client in clients.values where client.isSubscribed { client.owed[snapshot.system] = snapshot }
        case .answer(var answer):
          guard let origin = asked.removeValue(forKey: answer.id) else { continue }
          answer.id = origin.id
          clients[origin.client]?.replies.append(.answer(answer))
        case .traced(var answer):
          guard let origin = asked.removeValue(forKey: answer.id) else { continue }
          answer.id = origin.id
          clients[origin.client]?.replies.append(.traced(answer))
        case .figures(let id, let figures):
          guard let origin = asked.removeValue(forKey: id) else { continue }
          clients[origin.client]?.replies.append(.figures(figures))
        }
      }
      while let accepted = socket.accept() {
        clients[nextClient] = Client(socket: accepted, hello: hello)
        nextClient += 1
      }
      for (id, client) in clients where !serve(client, id: id) { clients[id] = nil }
      let isWatched = clients.values.contains(where: \.isSubscribed)
      if isWatched != self.isWatched {
        self.isWatched = isWatched
        latest = [:]
        ask(.watched(isWatched))
      }
      return true
    }

    /// Reads what came, answers what can be, writes what fits; false when the viewer is gone.
    private mutating func serve(_ client: Client, id: Int) -> Bool {
      var isGone = false
      reading: while true {
        switch client.socket.receive() {
        case .bytes(let bytes):
          guard let messages = try? client.framing.receive(bytes) else { return false }
          for message in messages { heed(message, from: client, id: id) }
        case .nothing: break reading
        case .end:
          isGone = true
          break reading
        }
      }
      return !isGone && client.flush()
    }

    private mutating func heed(_ message: EngineMessage, from client: Client, id: Int) {
      switch message {
      case .subscribe:
        client.isSubscribed = true
        client.owed = latest
      case .query(var query):
        asked[nextQuestion] = (id, query.id)
        query.id = nextQuestion
        nextQuestion += 1
        ask(.query(query))
      case .probe(let system, let endpoint): ask(.probe(system: system, endpoint: endpoint))
      case .trace(let question, let system, let endpoint):
        asked[nextQuestion] = (id, question)
        ask(.trace(id: nextQuestion, system: system, endpoint: endpoint))
        nextQuestion += 1
      case .reload: ask(.reload)
      case .push(var push):
        asked[nextQuestion] = (id, push.id)
        push.id = nextQuestion
        nextQuestion += 1
        ask(.push(push))
      case .figures:
        asked[nextQuestion] = (id, 0)
        ask(.figures(nextQuestion))
        nextQuestion += 1
      case .hello, .snapshot, .answer, .traced: break
      }
    }
  }
}
