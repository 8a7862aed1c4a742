import Glibc

/// All that a command wrote, safe and masked, in a file: for when memory keeps only its beginning and its end.
final class OutputSpill {
  private static let limit = 1 << 30

  private let path: String
  private let descriptor: Int32
  private var room = OutputSpill.limit
  /// Why the file does not hold all of it, as a sentence.
  private(set) var trouble: String?

  init?(of id: String, in folder: OutputFolder) {
    guard let path = folder.path(of: id, ending: "txt"), let descriptor = folder.create(path) else {
      return nil
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  func append(_ text: String) {
    guard trouble == nil, !text.isEmpty else { return }
    var text = text
    let failure = text.withUTF8 { bytes -> Int32? in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      if rest.count > room { rest = rest.prefix(room) }
      room -= rest.count
      while !rest.isEmpty {
        let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return errno }
        rest = rest.dropFirst(count)
      }
      return nil
    }
    if let failure {
      let why = strerror(failure).map { String(cString: $0) } ?? "error \(failure)"
      trouble = "Not all of the output could be kept in a file: \(why)."
    } else if room == 0 {
      trouble = "Of the output 1 GiB was kept in a file; there was more."
    }
  }

  /// Nobody needs it: memory has all of it.
  func remove() { unlink(path) }
}
