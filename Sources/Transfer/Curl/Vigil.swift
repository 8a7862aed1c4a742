internal import CTransfer
internal import Glibc

/// What libcurl waits for: the sockets of transfers under way, and a time.
///
/// Only what has something to say is looked at: libcurl's own loop asks each transfer and each of its sockets every
/// time any of them has.
final class Vigil {
  /// First the bell, then libcurl's sockets.
  private var watched: [pollfd]
  private var ready: [(socket: Int32, events: Int32)] = []
  /// When libcurl wants to be called, in milliseconds of the clock that only goes forward.
  private var due: Int64?

  /// Nobody sleeps longer, so that nothing that was missed is missed for ever.
  private static let longest: Int64 = 60_000
  /// Without a bell nobody could wake us, so look often.
  private static let longestWithoutBell: Int64 = 50

  /// - Parameter bell: a descriptor that is readable when the sleep is to end.
  init(bell: Int32) {
    watched = [pollfd(fd: bell, events: Int16(POLLIN), revents: 0)]
  }

  /// It must outlive `multi`.
  func attach(to multi: UnsafeMutableRawPointer) {
    ctransfer_multi_watch(multi, takeSocket, takeTime, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Lets libcurl do what its time has come for.
  func attend(_ multi: UnsafeMutableRawPointer) {
    guard let due, due <= Self.now else { return }
    // It names the next time itself, if there is one.
    self.due = nil
    var running: Int32 = 0
    curl_multi_socket_action(multi, CURL_SOCKET_BAD, 0, &running)
  }

  /// Sleeps until there is something to do, and lets libcurl do what its sockets are ready for.
  ///
  /// - Returns: whether the bell rang, or may have.
  func sleep(_ multi: UnsafeMutableRawPointer) -> Bool {
    let hasBell = watched[0].fd >= 0
    let longest = hasBell ? Self.longest : Self.longestWithoutBell
    let left = due.map { max(0, min(longest, $0 - Self.now)) } ?? longest
    let count = poll(&watched, nfds_t(watched.count), Int32(left))
    guard count > 0 else { return !hasBell }
    let isRung = watched[0].revents != 0
    // libcurl changes what is watched while it works.
    ready.removeAll(keepingCapacity: true)
    for entry in watched.dropFirst() where entry.revents != 0 {
      ready.append((entry.fd, Self.events(entry.revents)))
    }
    var running: Int32 = 0
    for (socket, events) in ready { curl_multi_socket_action(multi, socket, events, &running) }
    return isRung
  }

  private static func events(_ revents: Int16) -> Int32 {
    var events: Int32 = 0
    if Int32(revents) & (POLLIN | POLLHUP) != 0 { events |= CURL_CSELECT_IN }
    if Int32(revents) & POLLOUT != 0 { events |= CURL_CSELECT_OUT }
    if Int32(revents) & (POLLERR | POLLNVAL) != 0 { events |= CURL_CSELECT_ERR }
    return events
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  fileprivate func watch(_ socket: Int32, for what: Int32) {
    let place = watched.dropFirst().firstIndex { $0.fd == socket }
    var events: Int32 = 0
    if what == CURL_POLL_IN || what == CURL_POLL_INOUT { events |= POLLIN }
    if what == CURL_POLL_OUT || what == CURL_POLL_INOUT { events |= POLLOUT }
    if what == CURL_POLL_REMOVE {
      if let place {
        watched.swapAt(place, watched.count - 1)
        watched.removeLast()
      }
    } else if let place {
      watched[place].events = Int16(events)
    } else {
      watched.append(pollfd(fd: socket, events: Int16(events), revents: 0))
    }
  }

  fileprivate func setTimer(_ milliseconds: Int) {
    due = milliseconds < 0 ? nil : Self.now + Int64(min(milliseconds, 1 << 40))
  }
}

private func takeSocket(
  _ easy: UnsafeMutableRawPointer?, _ socket: Int32, _ what: Int32, _ context: UnsafeMutableRawPointer?,
  _ socketContext: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context else { return 0 }
  Unmanaged<Vigil>.fromOpaque(context).takeUnretainedValue().watch(socket, for: what)
  return 0
}

private func takeTime(
  _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context else { return 0 }
  Unmanaged<Vigil>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds)
  return 0
}
