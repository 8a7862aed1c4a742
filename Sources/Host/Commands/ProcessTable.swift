import Foundation
import Glibc
import Playbooks

/// What the kernel tells of processes, by proc(5).
package enum ProcessTable {
  /// This process.
  package static func ownMark() -> ProcessMark {
    ProcessMark(
      host: Identity.hostName(), boot: boot, pid: getpid(), since: start(of: getpid())?.ticks ?? 0)
  }

  /// Whether a process that somebody wrote down is still there.
  package enum Life: Equatable, Sendable {
    case alive
    case gone
    /// It is another machine's, or another container's: nothing is known of it here.
    case elsewhere
  }

  package static func life(of mark: ProcessMark) -> Life { life(of: mark, asSeenBy: ownMark()) }

  static func life(of mark: ProcessMark, asSeenBy own: ProcessMark) -> Life {
    guard mark.host == own.host, mark.pid > 0 else { return .elsewhere }
    let (theirs, ours) = (mark.boot.split(separator: " "), own.boot.split(separator: " "))
    // The machine was started anew since.
    guard theirs.first == ours.first else { return .gone }
    guard theirs.dropFirst() == ours.dropFirst() else { return .elsewhere }
    if let process = start(of: mark.pid) {
      return process.ticks == mark.since && !process.isZombie ? .alive : .gone
    }
    // One of another user may be hidden; whether there is one can be asked all the same.
    return kill(mark.pid, 0) == 0 || errno == EPERM ? .alive : .gone
  }

  /// The kernel's boot, and the space in which its process numbers count.
  private static let boot: String = {
    let id = contents(of: "/proc/sys/kernel/random/boot_id").map { String(decoding: $0, as: UTF8.self) } ?? ""
    var space = [CChar](repeating: 0, count: 64)
    let count = readlink("/proc/self/ns/pid", &space, space.count)
    let name = String(decoding: space.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return [id.trimmingCharacters(in: .whitespacesAndNewlines), name].filter { !$0.isEmpty }.joined(
      separator: " ")
  }()

  /// Nil when there is no such process, or it may not be seen.
  private static func start(of pid: Int32) -> (ticks: Int64, isZombie: Bool)? {
    guard let bytes = contents(of: "/proc/\(pid)/stat") else { return nil }
    // The second field is the program's name in parentheses, and may hold anything.
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
    guard let state = fields.first, fields.count > 19, let ticks = Int64(fields[19]) else { return nil }
    return (ticks, state == "Z" || state == "X")
  }

  /// Processes of this user that have `MIDWATCH_COMMAND` with one of these ids in their environment, ourselves and our
  /// group excepted.
  package static func orphans(of ids: Set<String>) -> [Orphan] {
    guard !ids.isEmpty, let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else {
      return []
    }
    let own = getpgrp()
    return names.compactMap { Int32($0) }.sorted().compactMap { pid in
      guard pid != getpid(), getpgid(pid) != own, let id = command(of: pid), ids.contains(id),
        start(of: pid).map({ !$0.isZombie }) == true
      else { return nil }
      return Orphan(id: id, pid: pid)
    }
  }

  private static func command(of pid: Int32) -> String? {
    guard let bytes = contents(of: "/proc/\(pid)/environ") else { return nil }
    let prefix = Array("MIDWATCH_COMMAND=".utf8)
    return bytes.split(separator: 0).first { $0.starts(with: prefix) }.map {
      String(decoding: $0.dropFirst(prefix.count), as: UTF8.self)
    }
  }

  /// Of a file that tells no size; at most 1 MiB.
  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count < 1 << 20 {
      let part = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, used in
        used = max(0, read(descriptor, buffer.baseAddress, buffer.count))
      }
      if part.isEmpty { break }
      bytes += part
    }
    // What belongs to somebody else opens and then reads as nothing.
    return bytes.isEmpty ? nil : bytes
  }
}
