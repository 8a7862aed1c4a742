import Glibc

/// What the kernel says of this process; nil where it says nothing.
package struct ProcessFigures: Sendable {
  /// Seconds.
  package var processor: Double?
  /// Bytes.
  package var resident: Int?
  package var virtual: Int?
  package var descriptors: Int?
  package var maximumDescriptors: Int?
  package var threads: Int?
  /// Unix time.
  package var started: Double?

  package init() {}

  /// As it is now, from `/proc/self`.
  package static func now() -> ProcessFigures {
    var figures = ProcessFigures()
    figures.processor = Clock.processorSeconds
    figures.resident = Clock.residentBytes
    figures.descriptors = descriptorCount
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
      figures.maximumDescriptors = Int(clamping: limit.rlim_cur)
    }
    // After the name in parentheses, which may hold anything, the third field of proc(5) comes first.
    guard let words = text(of: "/proc/self/stat")?.split(separator: ")").last?.split(separator: " ") else {
      return figures
    }
    func field(_ number: Int) -> Int? {
      words.indices.contains(number - 3) ? Int(words[number - 3]) : nil
    }
    figures.threads = field(20)
    figures.virtual = field(23)
    if let ticks = field(22), let boot = bootTime {
      figures.started = boot + Double(ticks) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
    }
    return figures
  }

  private static var descriptorCount: Int? {
    guard let folder = opendir("/proc/self/fd") else { return nil }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // Without `.`, `..` and the folder's own.
    return max(0, count - 3)
  }

  private static var bootTime: Double? {
    text(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
      .flatMap { Double($0.dropFirst(6)) }
  }

  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count < 1 << 20 {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
