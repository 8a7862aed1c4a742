import Foundation
import Host
import Terminal
import Testing

@testable import Console

/// How the desktop is told: with notify-send where there is a display, else through the terminal.
@Suite struct DesktopNotifierTests {
  private let message = DesktopMessage(title: "midwatch INC-1", text: "due <b>now</b>: -x\u{1B}]0;y")

  /// Variables beside PATH, and whether notify-send is taken.
  static let surroundings: [([String: String], Bool)] = [
    ([:], false), (["DISPLAY": ":0"], true), (["WAYLAND_DISPLAY": "wayland-0"], true),
    (["DISPLAY": ""], false),
    (["DISPLAY": ":10", "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"], false),
    (["DISPLAY": ":10", "SSH_CONNECTION": "x", "MIDWATCH_NOTIFY": "notify-send"], true),
    (["DISPLAY": ":0", "MIDWATCH_NOTIFY": "osc9"], false),
    (["DISPLAY": ":0", "MIDWATCH_NOTIFY": "none"], false),
  ]

  @Test(arguments: surroundings)
  func notifySendIsTakenWhereItCanBeSeen(_ environment: [String: String], _ isTaken: Bool) throws {
    let folder = try TestFolder()
    try folder.write("#!/bin/sh\n", to: "bin/notify-send")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.path + "/bin/notify-send")
    let path = ["PATH": folder.path + "/none:" + folder.path + "/bin"]
    let notifier = DesktopNotifier(environment: environment.merging(path) { $1 })
    #expect(
      notifier.words(for: message)
        == (isTaken
          ? [
            folder.path + "/bin/notify-send", "--app-name=midwatch", "--urgency=critical", "--",
            "midwatch INC-1", "due &lt;b&gt;now&lt;/b&gt;: -x␛]0;y",
          ] : nil))
    #expect(DesktopNotifier(environment: environment).words(for: message) == nil || isTaken)
  }

  @Test func theTerminalIsToldAsTheVariableSays() {
    #expect(DesktopNotifier.terminalNotice(["MIDWATCH_NOTIFY": "osc777", "TERM": "xterm"]) == .osc777)
    #expect(
      DesktopNotifier.terminalNotice(["MIDWATCH_NOTIFY": "none", "TERM": "xterm"]) == DesktopNotice.none)
    #expect(DesktopNotifier.terminalNotice(["TERM": "xterm"]) == .osc9)
    #expect(DesktopNotifier.terminalNotice(["TERM": "xterm", "VTE_VERSION": "7200"]) == .osc777)
    #expect(DesktopNotifier.terminalNotice(["TERM": "linux"]) == DesktopNotice.none)
  }
}
