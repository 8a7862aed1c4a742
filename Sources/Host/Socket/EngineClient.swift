import Glibc
import Transfer
import Values
import Watch

/// A viewer's end of `engine.sock`, on a thread of its own.
package final class EngineClient: Sendable {
  /// What a viewer hears.
  package enum News: Sendable {
    case hello(EngineMessage.Hello)
    case snapshot(SystemSnapshot)
    case answer(EngineMessage.Answer)
    case figures(EngineFigures)
    case traced(TraceAnswer)
    /// The engine is gone, or is not one of ours; nothing follows.
    case lost
  }

  private enum Order: Sendable {
    case send(EngineMessage)
    case stop
  }

  private let orders: Mailbox<Order>
  private let worker: Worker?

  /// Nil when nobody listens at `path`. `hear` runs on the client's thread.
  package init?(path: String, subscribe: Bool, hear: @escaping @Sendable (News) -> Void) {
    guard let socket = UnixSocket.connected(to: path) else { return nil }
    let orders = Mailbox<Order>()
    self.orders = orders
    if subscribe { orders.post(.send(.subscribe)) }
    worker = Worker(name: "viewer") { Self.run(socket, orders: orders, hear: hear) }
    guard worker != nil else { return nil }
  }

  /// From any thread; never blocks.
  package func send(_ message: EngineMessage) { orders.post(.send(message)) }

  package func stop() {
    orders.post(.stop)
    worker?.join()
  }

  private static func run(
    _ socket: UnixSocket, orders: Mailbox<Order>, hear: @escaping @Sendable (News) -> Void
  ) {
    var framing = MessageFraming()
    var writing: ArraySlice<UInt8> = []
    while true {
      let events = writing.isEmpty ? POLLIN : POLLIN | POLLOUT
      var watched = [
        pollfd(fd: orders.fileDescriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: socket.descriptor, events: Int16(events), revents: 0),
      ]
      _ = poll(&watched, 2, -1)
      for order in orders.drain() {
        switch order {
        case .stop: return
        case .send(let message): writing += (try? MessageFraming.frame(message)) ?? []
        }
      }
      if !writing.isEmpty {
        guard let sent = socket.send(writing) else { return hear(.lost) }
        writing = writing.dropFirst(sent)
      }
      reading: while true {
        switch socket.receive() {
        case .bytes(let bytes):
          guard let messages = try? framing.receive(bytes) else { return hear(.lost) }
          for message in messages {
            switch message {
            case .hello(let hello): hear(.hello(hello))
            case .snapshot(let snapshot): hear(.snapshot(snapshot))
            case .answer(let answer): hear(.answer(answer))
            case .figures(let figures?): hear(.figures(figures))
            case .traced(let answer): hear(.traced(answer))
            case .subscribe, .query, .probe, .trace, .reload, .push, .figures(nil): break
            }
          }
        case .nothing: break reading
        case .end: return hear(.lost)
        }
      }
    }
  }
}
