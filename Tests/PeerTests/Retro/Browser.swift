import Foundation
import TestSupport
import Testing

/// A headless Chromium that may reach nothing but 127.0.0.1; each run in a profile of its own.
enum Browser {
  static let isHere = Peer.has("chromium")

  enum Scheme {
    case light, dark
  }

  /// A picture of the page's first `height` points, as PNG at `file`.
  static func picture(of page: String, width: Int, height: Int = 3000, _ scheme: Scheme, to file: String)
    throws
  {
    // 0 is dark, 1 is light: blink's own numbers.
    try run([
      "--hide-scrollbars", "--window-size=\(width),\(height)", "--screenshot=\(file)",
      "--blink-settings=preferredColorScheme=\(scheme == .dark ? 0 : 1)", "file://\(page)",
    ])
  }

  static func print(_ page: String, to file: String) throws {
    try run(["--no-pdf-header-footer", "--print-to-pdf=\(file)", "file://\(page)"])
  }

  /// The page as the browser has it when everything that loads has loaded and run.
  static func document(of page: String) throws -> String {
    try run(["--dump-dom", "--virtual-time-budget=2000", "file://\(page)"])
  }

  @discardableResult
  private static func run(_ arguments: [String]) throws -> String {
    let profile = FileManager.default.temporaryDirectory.appending(
      path: "midwatch-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: profile, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: profile) }
    let outcome = try Child.run(
      "/usr/bin/chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--user-data-dir=\(profile.path)",
      ] + arguments, environment: ["PATH": "/usr/bin:/bin", "HOME": profile.path, "TZ": "UTC"])
    try #require(outcome.status == 0, "chromium ended with \(outcome.status): \(outcome.err.suffix(500))")
    return outcome.out
  }
}

/// Where pictures and papers are kept for people to look at: `$MIDWATCH_ARTEFACTS`, else within the build's folder.
enum Artefacts {
  static func folder() throws -> URL {
    let named = ProcessInfo.processInfo.environment["MIDWATCH_ARTEFACTS"].map { URL(filePath: $0) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let folder = named ?? root.appending(path: ".build/artefacts/retro").standardizedFileURL
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A golden of the retro's own tests: what an export writes.
  static func golden(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../RetroTests/Golden/\(name)")
      .standardizedFileURL
  }
}
