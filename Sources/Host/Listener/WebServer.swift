import Glibc
import Serving
import Synchronization
import Transfer
import Values

/// A small HTTP/1.1 server on a thread of its own: connections, heads, bodies and the time for each are bounded,
/// and whatever a client sends ends with an answer or with its connection.
package final class WebServer: Sendable {
  /// How much of everything is allowed.
  package struct Limits: Sendable {
    package var connections = 64
    package var request = HTTPRequest.Limits(head: 16 << 10, body: PushBoard.maximumBytes)
    /// From the first byte of a request to its last, and from the first of an answer to its last.
    package var transfer = Span.seconds(10)
    /// Between two requests.
    package var idle = Span.seconds(60)
    /// For whoever makes the answer.
    package var answer = Span.seconds(5)

    package init() {}
  }

  /// Which request an answer is for.
  package struct Ticket: Hashable, Sendable {
    let number: UInt64
  }

  enum Order: Sendable {
    case answer(Ticket, HTTPResponse)
    case stop
  }

  private let orders = Mailbox<Order>()
  private let worker: Worker?
  /// Where it listens, with the port that it was given.
  package let address: SocketAddress

  /// - Parameter handle: on the server's thread, so it waits for nothing: returns the answer, or nil and hands it to
  ///   ``answer(_:_:)`` later.
  /// - Throws: ``SocketFailure`` when the address cannot be used.
  package init(
    at wanted: SocketAddress, limits: Limits = Limits(),
    handle: @escaping @Sendable (HTTPRequest, Ticket) -> HTTPResponse?
  ) throws {
    let listener = try Socket.listening(at: wanted)
    do {
      address = try listener.address()
    } catch {
      listener.close()
      throw error
    }
    let orders = orders
    worker = Worker(name: "listener") {
      var loop = WebLoop(listener: listener, limits: limits, handle: handle)
      while loop.turn(orders) {}
      loop.close()
    }
    guard worker != nil else {
      listener.close()
      throw SocketFailure("no thread is left to listen with; close other programs")
    }
  }

  /// From any thread; nothing happens when the client is gone, or was answered before.
  package func answer(_ ticket: Ticket, _ response: HTTPResponse) { orders.post(.answer(ticket, response)) }

  /// Closes everything and waits for the thread.
  package func stop() {
    orders.post(.stop)
    worker?.join()
  }
}
