import Glibc

/// Filesystems on which SQLite's WAL and `flock` do not hold between machines.
///
/// The answer comes from `/proc/self/mountinfo` (proc(5)), for Glibc's Swift module has no statfs(2).
enum NetworkFilesystem: String, CaseIterable {
  case nfs = "NFS"
  case cifs = "CIFS"
  case fuse = "FUSE"

  /// By the kernel's name of the type, such as `nfs4`, `smb3`, `fuse.sshfs`, `fuseblk`.
  init?(type: some StringProtocol) {
    switch type {
    case "nfs", "nfs4": self = .nfs
    case "cifs", "smb", "smbfs", "smb2", "smb3": self = .cifs
    case "fuse", "fuseblk": self = .fuse
    default:
      guard type.hasPrefix("fuse.") else { return nil }
      self = .fuse
    }
  }

  /// Of the path, or of the nearest parent that exists; nil when it is none of these or cannot be told.
  static func holding(_ path: String) -> Self? {
    guard let real = nearest(path), let mounts = read("/proc/self/mountinfo") else { return nil }
    return type(of: real, in: mounts).flatMap(Self.init(type:))
  }

  /// The type of the filesystem that `path`, absolute and without links, is on. Of two mounts on one point
  /// the later counts.
  static func type(of path: String, in mountinfo: String) -> String? {
    var best: (point: String, type: String)?
    for line in mountinfo.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), let point = fields.dropFirst(4).first,
        let type = fields[dash...].dropFirst().first
      else { continue }
      let mount = unescaped(point)
      guard mount == "/" || path == mount || path.hasPrefix(mount + "/") else { continue }
      if mount.utf8.count >= best?.point.utf8.count ?? 0 { best = (mount, String(type)) }
    }
    return best?.type
  }

  /// `\040` and the like are a byte in octal digits.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = field.utf8[...]
    while let byte = rest.popFirst() {
      if byte == 0x5C, let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func nearest(_ path: String) -> String? {
    var path = path
    while true {
      if let real = realpath(path, nil) {
        defer { free(real) }
        return String(cString: real)
      }
      guard let slash = path.lastIndex(of: "/") else { return nil }
      if slash == path.startIndex { return "/" }
      path = String(path[..<slash])
    }
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk.prefix(count)
    }
  }
}
