import Console
import Glibc
import Synchronization
import Terminal
import Transfer
import Values
import Wire

/// Shows notifications of the desktop: with `notify-send` where this process has a display, else through the
/// terminal, which may be on another machine.
package final class DesktopNotifier: Sendable {
  /// The whole path of `notify-send`, where it and a display are here.
  private let program: String?
  private let isOff: Bool
  private let processes: Mutex<Processes?> = Mutex(nil)
  private let started = Mutex<UInt64>(0)

  /// How long `notify-send` may take.
  private static let patience = Span.seconds(5)

  /// - Parameter environment: of this process. `MIDWATCH_NOTIFY` is `notify-send`, `osc9`, `osc777` or `none`; not
  ///   set, a display here that no ssh session hides has notify-send, and everything else the terminal.
  package init(environment: [String: String]) {
    let wish = environment["MIDWATCH_NOTIFY"] ?? ""
    isOff = wish == "none"
    let hasDisplay = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0]?.isEmpty == false }
    let isWanted = wish == "notify-send" || (wish.isEmpty && environment["SSH_CONNECTION"] == nil)
    program =
      isWanted && hasDisplay ? Self.find("notify-send", in: environment["PATH"] ?? "/usr/bin:/bin") : nil
  }

  deinit { processes.withLock { $0 }?.stop() }

  /// How the terminal is to be told, where `MIDWATCH_NOTIFY` says it; nil goes by the terminal.
  package static func terminalNotice(_ environment: [String: String]) -> DesktopNotice? {
    switch environment["MIDWATCH_NOTIFY"] {
    case "osc9": .osc9
    case "osc777": .osc777
    case "none": DesktopNotice.none
    default: DesktopNotice(term: environment["TERM"] ?? "", isVTE: environment["VTE_VERSION"] != nil)
    }
  }

  func show(_ message: DesktopMessage, on driver: TerminalDriver) {
    guard !isOff else { return }
    guard let words = words(for: message) else {
      return driver.notify(title: message.title, text: message.text)
    }
    var request = ProcessRequest(words: words)
    request.timeout = Self.patience
    request.outputLimit = 4096
    let number = started.withLock { count in
      count += 1
      return count
    }
    // What becomes of it concerns nobody: what is due is on the screen.
    let all = processes.withLock { processes in
      if processes == nil { processes = Processes { _, _ in } }
      return processes
    }
    all?.start(request, id: TransferID(number))
  }

  /// The command that shows it; nil where the terminal is to.
  package func words(for message: DesktopMessage) -> [String]? {
    // After `--` nothing is an option; a body is markup to most desktops.
    program.map {
      [
        $0, "--app-name=midwatch", "--urgency=critical", "--", Inert.terminal(message.title),
        Inert.html(message.text),
      ]
    }
  }

  private static func find(_ name: String, in path: String) -> String? {
    path.split(separator: ":").map { "\($0)/\(name)" }.first { $0.hasPrefix("/") && access($0, X_OK) == 0 }
  }
}
