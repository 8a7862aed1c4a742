internal import CTransfer
internal import Glibc
internal import Synchronization
package import Values

/// Where other threads leave messages for one thread that sleeps in poll(2).
///
/// Messages come out in the order in which they went in; nothing is lost and nothing blocks the sender.
package final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  private let bell = Bell()

  package init() {}

  /// Readable while messages may wait; for poll(2) and its kin. -1 when the process had none left.
  package var fileDescriptor: Int32 { bell.descriptor }

  /// From any thread.
  package func post(_ message: Message) {
    let wasEmpty = messages.withLock { waiting in
      waiting.append(message)
      return waiting.count == 1
    }
    if wasEmpty { bell.ring() }
  }

  /// Several, which come out in their order and ring at most once. From any thread.
  package func post(contentsOf more: [Message]) {
    let isFirst = messages.withLock { waiting in
      defer { waiting += more }
      return waiting.isEmpty && !more.isEmpty
    }
    if isFirst { bell.ring() }
  }

  /// All that wait, oldest first; empties the mailbox. From the one thread that it belongs to.
  package func drain() -> [Message] {
    // The bell first: a message that comes in between rings again, at worst for nothing.
    bell.silence()
    return messages.withLock { waiting in
      let all = waiting
      waiting = []
      return all
    }
  }

  /// Sleeps until a message waits or `timeout` is over (nil: as long as it takes).
  ///
  /// - Returns: whether a message may wait; a signal ends the sleep early with false.
  package func wait(timeout: Span?) -> Bool {
    guard messages.withLock({ $0.isEmpty }) else { return true }
    return bell.wait(milliseconds: timeout.map { Int32(clamping: max(0, $0.milliseconds)) } ?? -1)
  }
}

/// An eventfd.
private struct Bell: ~Copyable, Sendable {
  let descriptor = ctransfer_eventfd()

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func ring() {
    var one: UInt64 = 1
    // It can only fail when it is rung already.
    _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
  }

  func silence() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
  }

  func wait(milliseconds: Int32) -> Bool {
    // Without a descriptor nobody could wake us, so look often.
    guard descriptor >= 0 else {
      poll(nil, 0, milliseconds < 0 ? 50 : min(50, milliseconds))
      return true
    }
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) > 0
  }
}
