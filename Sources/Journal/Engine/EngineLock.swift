import Glibc
import Synchronization
import Values

/// `flock` on `engine.lock`: whoever holds it polls, evaluates and delivers. The kernel frees it when the
/// process ends; no child keeps it.
package final class EngineLock: Sendable {
  package let path: String
  private let folder: StateFolder
  private let descriptor = Mutex<Int32?>(nil)

  /// Who holds the lock, or held it last, by the file's own words.
  package struct Holder: Equatable, Sendable {
    package let pid: Int32
    package let epoch: Int64
    package let since: Instant

    package init(pid: Int32, epoch: Int64, since: Instant) {
      self.pid = pid
      self.epoch = epoch
      self.since = since
    }

    /// Whether a process of that number runs on this machine.
    package var isAlive: Bool { pid > 0 && (kill(pid, 0) == 0 || errno == EPERM) }
  }

  package init(_ folder: StateFolder) {
    self.folder = folder
    path = folder.lock
  }

  deinit {
    release()
  }

  package var isHeld: Bool { descriptor.withLock { $0 != nil } }

  /// False when another process, or another object here, holds it; true at once when this one does.
  package func tryAcquire() throws -> Bool {
    try descriptor.withLock { held in
      if held != nil { return true }
      try folder.createFile(path)
      let opened = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard opened >= 0 else {
        let reason = String(cString: strerror(errno))
        throw JournalError(.storage, "\(path) cannot be opened (\(reason)); check its owner and mode.")
      }
      while flock(opened, LOCK_EX | LOCK_NB) != 0 {
        if errno == EINTR { continue }
        let code = errno
        close(opened)
        if code == EWOULDBLOCK { return false }
        throw JournalError(.storage, "\(path) cannot be locked (\(String(cString: strerror(code)))).")
      }
      held = opened
      return true
    }
  }

  /// Writes who holds it into the file, for viewers.
  package func sign(_ holder: Holder) {
    let text = "\(holder.pid) \(holder.epoch) \(holder.since.milliseconds)\n"
    descriptor.withLock { held in
      guard let held, ftruncate(held, 0) == 0 else { return }
      _ = Array(text.utf8).withUnsafeBytes { pwrite(held, $0.baseAddress, $0.count, 0) }
    }
  }

  package func release() {
    descriptor.withLock { held in
      guard let open = held else { return }
      ftruncate(open, 0)
      flock(open, LOCK_UN)
      close(open)
      held = nil
    }
  }

  /// Nil when nobody holds it by its own words; after a crash the words stay, see ``Holder/isAlive``.
  package func holder() -> Holder? {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard opened >= 0 else { return nil }
    defer { close(opened) }
    var bytes = [UInt8](repeating: 0, count: 128)
    let count = bytes.withUnsafeMutableBytes { pread(opened, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return nil }
    let words = String(decoding: bytes.prefix(count), as: UTF8.self).split { $0 == " " || $0 == "\n" }
    guard words.count == 3, let pid = words.first.flatMap({ Int32($0) }),
      let epoch = words.dropFirst().first.flatMap({ Int64($0) }),
      let since = words.last.flatMap({ Int64($0) })
    else { return nil }
    return Holder(pid: pid, epoch: epoch, since: Instant(milliseconds: since))
  }
}
