internal import Glibc
internal import Wire

/// The name servers that the system asks (resolv.conf(5)).
enum NameServers {
  static let file = "/etc/resolv.conf"
  /// The system asks no more of them.
  static let limit = 3

  /// - Returns: of a file without any, the one of this machine, as the system takes it.
  static func read(_ text: String) -> [HostAndPort] {
    let found = text.split(whereSeparator: \.isNewline).compactMap { line -> HostAndPort? in
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count >= 2, words[0] == "nameserver" else { return nil }
      return HostAndPort(String(words[1]), defaultPort: 53)
    }
    return found.isEmpty ? [HostAndPort(host: "127.0.0.1", port: 53)] : Array(found.prefix(limit))
  }

  /// Those of the system, read anew: a laptop changes its network.
  static func system() -> [HostAndPort] {
    var text: [UInt8] = []
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      defer { close(descriptor) }
      var piece = [UInt8](repeating: 0, count: 4096)
      while text.count < 64 << 10, case let count = Glibc.read(descriptor, &piece, piece.count), count > 0 {
        text += piece.prefix(count)
      }
    }
    return read(String(decoding: text, as: UTF8.self))
  }
}
