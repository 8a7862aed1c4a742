import Testing
import Transfer

@testable import Host

struct ClipboardToolTests {
  private static let wayland = ["WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "PATH": "/a:/b"]

  @Test(
    arguments: [
      (wayland, ["/b/wl-copy", "/a/xclip"], ["/b/wl-copy"]),
      (wayland, ["/a/xclip"], ["/a/xclip", "-selection", "clipboard", "-in"]),
      (
        ["DISPLAY": "localhost:10.0", "PATH": "/a"], ["/a/wl-copy", "/a/xsel"],
        ["/a/xsel", "--clipboard", "--input"]
      ),
      (["PATH": "/a"], ["/a/wl-copy", "/a/xclip"], nil),
      (["DISPLAY": "", "PATH": "/a"], ["/a/xclip"], nil),
      (["DISPLAY": ":0", "PATH": "/a"], [], nil),
    ] as [([String: String], [String], [String]?)])
  func isTheOneOfTheDisplay(environment: [String: String], programs: [String], expected: [String]?) {
    #expect(ClipboardTool.words(environment) { programs.contains($0) } == expected)
  }

  @Test(arguments: [true, false])
  func takesTheTextOrSaysSo(works: Bool) throws {
    let folder = try TestFolder()
    try folder.write(
      "#!/bin/sh\ncat > \(folder.path)/taken.new && mv \(folder.path)/taken.new \(folder.path)/taken\n\(works ? "" : "exit 1\n")",
      to: "xclip", mode: 0o700)
    let failures = Mailbox<String>()
    let tool = try #require(
      ClipboardTool(environment: ["DISPLAY": ":0", "PATH": folder.path]) { text, _ in failures.post(text) })
    tool.copy("Packs; $(id)\n")
    let taken = try Condition.wait(for: "the tool to read", patience: .seconds(40)) {
      folder.text(of: "taken")
    }
    #expect(taken == "Packs; $(id)\n")
    if !works {
      _ = try Condition.wait(for: "the failure", patience: .seconds(40)) {
        failures.drain().contains("Packs; $(id)\n") ? true : nil
      }
    }
  }
}
