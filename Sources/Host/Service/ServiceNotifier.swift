import Glibc
import Values

/// Tells systemd how this service is: sd_notify(3), by its datagrams alone.
///
/// Where nobody asked to be told (`$NOTIFY_SOCKET`), nothing is sent.
package final class ServiceNotifier: Sendable {
  private let descriptor: Int32
  /// How often systemd wants a sign of life; nil when it wants none. Half of what it waits for.
  package let watchdog: Span?

  /// - Parameters:
  ///   - environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID`.
  ///   - pid: of this process.
  package init?(environment: [String: String], pid: Int32 = Clock.processID) {
    guard let path = environment["NOTIFY_SOCKET"], let descriptor = Self.connected(to: path) else {
      return nil
    }
    self.descriptor = descriptor
    let isOurs = environment["WATCHDOG_PID"].map { Int32($0) == pid } ?? true
    let wanted = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap { $0 > 0 && isOurs ? $0 : nil }
    watchdog = wanted.map { .milliseconds(max(1, $0 / 2000)) }
  }

  deinit { close(descriptor) }

  /// It is up, or has been reloaded; how it is.
  package func ready(_ status: String) { send(["READY=1", "STATUS=\(Inert.terminal(status))"]) }

  /// It reads its configuration anew; ``ready(_:)`` ends that.
  package func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)", "STATUS=reloading"])
  }

  package func stopping() { send(["STOPPING=1", "STATUS=stopping"]) }

  package func status(_ text: String) { send(["STATUS=\(Inert.terminal(text))"]) }

  /// A sign of life.
  package func alive() { send(["WATCHDOG=1"]) }

  /// Nobody waits for systemd: what does not fit into its socket is lost.
  private func send(_ lines: [String]) {
    let bytes = Array(lines.joined(separator: "\n").utf8)
    _ = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    }
  }

  /// A path, or an abstract name behind `@`.
  private static func connected(to path: String) -> Int32? {
    guard path.hasPrefix("/") || path.hasPrefix("@"), path.utf8.count > 1 else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(path.utf8)
    let isAbstract = path.hasPrefix("@")
    if isAbstract { bytes[0] = 0 }
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    // An abstract name is as long as the address says; every zero behind it would be part of it.
    let length = MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1)
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(length))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      return nil
    }
    return descriptor
  }
}
