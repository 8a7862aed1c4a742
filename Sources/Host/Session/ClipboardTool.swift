import Glibc
import Transfer
import Values
import Wire

/// The desktop's own clipboard, where there is one: nobody tells whether a terminal took what it was sent.
///
/// A tool stays behind to hand out what it was given, so it is not ended with its session.
final class ClipboardTool: Sendable {
  private let words: [String]
  private let failed: @Sendable (_ text: String, _ reason: String) -> Void

  /// - Parameters:
  ///   - environment: `WAYLAND_DISPLAY`, `DISPLAY` and `PATH` say which tools can work.
  ///   - failed: hears of a text that the tool did not take; on a thread of this object.
  /// - Returns: nil where there is no display, or no tool for it.
  init?(
    environment: [String: String], failed: @escaping @Sendable (_ text: String, _ reason: String) -> Void
  ) {
    guard let words = Self.words(environment, isProgram: { access($0, X_OK) == 0 }) else { return nil }
    self.words = words
    self.failed = failed
  }

  /// What is started; nil where nothing can be.
  static func words(_ environment: [String: String], isProgram: (String) -> Bool) -> [String]? {
    func has(_ variable: String) -> Bool { environment[variable].map { !$0.isEmpty } ?? false }
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    var tools: [[String]] = []
    if has("WAYLAND_DISPLAY") { tools.append(["wl-copy"]) }
    if has("DISPLAY") {
      tools += [["xclip", "-selection", "clipboard", "-in"], ["xsel", "--clipboard", "--input"]]
    }
    for words in tools {
      let path = folders.map { "\($0)/\(words[0])" }.first { isProgram($0) }
      if let path { return [path] + words.dropFirst() }
    }
    return nil
  }

  /// Never blocks.
  func copy(_ text: String) {
    var request = ProcessRequest(words: words)
    request.input = Array(text.utf8)
    request.timeout = .seconds(3)
    request.outputLimit = 1024
    request.leavesOthers = true
    let failed = failed
    let program = words.first ?? ""
    let worker = Worker(name: "clipboard") { [request] in
      let ends = Mailbox<Result<ProcessEnd, Failure>>()
      let processes = Processes { ends.post($1) }
      defer { processes.stop() }
      processes.start(request, id: TransferID(1))
      var end: Result<ProcessEnd, Failure>?
      while end == nil {
        _ = ends.wait(timeout: nil)
        end = ends.drain().first
      }
      switch end {
      case .success(let end) where end.status == 0 && !end.isLate: break
      case .success(let end): failed(text, "\(program) \(end.phrase)")
      case .failure(let failure): failed(text, failure.reason)
      case nil: break
      }
    }
    if worker == nil { failed(text, "the system has no thread left") }
  }
}
