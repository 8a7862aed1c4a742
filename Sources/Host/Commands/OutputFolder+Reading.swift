import Crypto
import Glibc
import Playbooks

extension OutputFolder {
  /// What is kept of one output as evidence, at most.
  static let longestEvidence = 64 << 20

  /// All that a command wrote, from its file; nil when there is none here, when it is none of ours, or when it is longer
  /// than evidence may be. Blocks for the disk.
  func whole(of id: String, limit: Int = longestEvidence) -> AttachEvidence.File? {
    guard let path = path(of: id, ending: "txt") else { return nil }
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == getuid(),
      status.st_size <= limit
    else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var part = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { break }
      bytes += part.prefix(count)
      guard bytes.count <= limit else { return nil }
    }
    return AttachEvidence.File(bytes: bytes, sha256: SHA256.hash(data: bytes).hex)
  }
}
