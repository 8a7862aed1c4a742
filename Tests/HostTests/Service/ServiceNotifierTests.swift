import Foundation
import Glibc
import Host
import Testing
import Values

struct ServiceNotifierTests {
  /// systemd's end of it.
  private final class Listener {
    let descriptor: Int32

    init(_ name: String) throws {
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
      try #require(descriptor >= 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let bytes = name.hasPrefix("@") ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
      }
      try #require(bound == 0)
    }

    deinit { close(descriptor) }

    /// The next datagram; nil when none comes.
    func next() -> String? {
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, 5000) == 1 else { return nil }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
  }

  @Test(arguments: [false, true]) func systemdIsTold(isAbstract: Bool) throws {
    let folder = try TestFolder()
    let name = isAbstract ? "@midwatch-\(getpid())-\(UUID().uuidString)" : folder.path + "/notify"
    let listener = try Listener(name)
    let notifier = try #require(ServiceNotifier(environment: ["NOTIFY_SOCKET": name]))
    notifier.ready("polling 5 systems\nREADY=0")
    #expect(listener.next() == "READY=1\nSTATUS=polling 5 systems⏎READY=0")
    notifier.reloading()
    let lines = listener.next()?.split(separator: "\n") ?? []
    #expect(lines.first == "RELOADING=1" && lines.last == "STATUS=reloading")
    #expect(
      lines.dropFirst().first.map { $0.hasPrefix("MONOTONIC_USEC=") && Int64($0.dropFirst(15)) ?? 0 > 0 }
        == true)
    notifier.alive()
    #expect(listener.next() == "WATCHDOG=1")
    notifier.status("waiting")
    #expect(listener.next() == "STATUS=waiting")
    notifier.stopping()
    #expect(listener.next() == "STOPPING=1\nSTATUS=stopping")
  }

  @Test func nobodyWhoDoesNotAskIsTold() throws {
    #expect(ServiceNotifier(environment: [:]) == nil)
    for name in ["", "@", "relative", "/nowhere/at/all", "/" + String(repeating: "x", count: 200)] {
      #expect(ServiceNotifier(environment: ["NOTIFY_SOCKET": name]) == nil, "\(name)")
    }
  }

  @Test func theWatchdogIsFedTwiceAsOften() throws {
    let folder = try TestFolder()
    let listener = try Listener(folder.path + "/notify")
    func watchdog(_ usec: String?, pid: String? = nil) -> Span? {
      var environment = ["NOTIFY_SOCKET": folder.path + "/notify"]
      environment["WATCHDOG_USEC"] = usec
      environment["WATCHDOG_PID"] = pid
      return ServiceNotifier(environment: environment, pid: 7)?.watchdog
    }
    #expect(watchdog("60000000") == .seconds(30) && watchdog("60000000", pid: "7") == .seconds(30))
    #expect(watchdog("60000000", pid: "8") == nil && watchdog(nil) == nil)
    #expect(watchdog("0") == nil && watchdog("x") == nil && watchdog("-5") == nil)
    _ = listener
  }
}
