import Foundation
import TestSupport
import Testing

/// A service user and responders of one group on one journal. Only root can become both.
@Suite(.serialized) struct SharedFolderTests {
  private static let group = "54322"
  private static let service = "54321"
  private static let responder = "54323"

  /// Why it cannot be tried here; nil when it can.
  private static let obstacle: String? = {
    guard geteuid() == 0 else { return "only root can become other users" }
    let outcome = try? Child.run(
      "/usr/bin/env", words(of: service, ["test", "-x", Binary.path]), environment: Sandbox.clean)
    return outcome?.status == 0 ? nil : "another user cannot run \(Binary.path)"
  }()

  private static func words(of user: String, _ command: [String]) -> [String] {
    [
      "setpriv", "--reuid", user, "--regid", group, "--clear-groups", "sh", "-c", "umask 077; exec \"$@\"",
      "sh",
    ] + command
  }

  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    chmod(sandbox.path, 0o755)
  }

  private func run(as user: String, _ arguments: String...) throws -> Binary.Outcome {
    try Child.run(
      "/usr/bin/env", Self.words(of: user, [Binary.path] + arguments),
      environment: Sandbox.clean.merging(sandbox.environment) { $1 })
  }

  private func agent(as user: String, _ name: String) throws -> Child {
    try Child(
      "/usr/bin/env", Self.words(of: user, [Binary.path, "agent"]),
      environment: Sandbox.clean.merging(sandbox.environment) { $1 },
      files: (out: "\(sandbox.path)/\(name).out", err: "\(sandbox.path)/\(name).err"))
  }

  private func text(_ file: String) -> String {
    String(decoding: FileManager.default.contents(atPath: sandbox.path + "/" + file) ?? Data(), as: UTF8.self)
  }

  /// Group and permissions of what lies in the state folder, by name.
  private func modes() throws -> [String: String] {
    let folder = sandbox.path + "/state"
    return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(into: [:]) { modes, name in
      var info = stat()
      guard lstat(folder + "/" + name, &info) == 0 else { return }
      modes[name] = "\(info.st_gid) \(String(info.st_mode & 0o7777, radix: 8))"
    }
  }

  @Test func aGroupSharesWhatAServiceUserRuns() throws {
    if let obstacle = Self.obstacle {
      print("skipped: \(obstacle)")
      return
    }
    let server = try CountingServer(step: 1)
    defer { server.stop() }
    try sandbox.write(
      "title: Shop\nevery: 1s\nendpoints:\n  page: {scrape: \"http://127.0.0.1:\(server.port)/metrics\"}\n  beat: {push: 1h}\n",
      to: "playbooks/shop/system.yaml")
    #expect(try sandbox.midwatch("journal", "init", "--group", Self.group).status == 0)
    var info = stat()
    #expect(stat(sandbox.path + "/state", &info) == 0 && info.st_mode & 0o7777 == 0o2770)

    let service = try agent(as: Self.service, "service")
    _ = try Condition.wait(for: "the service to poll: \(text("service.err"))") {
      text("service.out").contains("endpoint up shop page") ? true : nil
    }
    // Somebody else of the group acts and attaches.
    let note = try run(as: Self.responder, "note", "seen by a responder")
    #expect(note.status == 0, "\(note.err)")
    let check = try run(as: Self.responder, "check")
    #expect(try check.out.contains(Regex("up +shop +page ")), "\(check.out) \(check.err)")
    #expect(try run(as: Self.responder, "push", "shop", "beat").status == 0)
    #expect(try run(as: Self.responder, "timeline").out.contains("seen by a responder"))
    let found = try modes()
    for name in ["journal.db", "metrics.db", "engine.lock", "engine.sock"] {
      #expect(found[name] != nil, "\(found)")
    }
    for (name, mode) in found { #expect(mode == "\(Self.group) 660", "\(name)") }
    let screen = try Screen(
      width: 100, height: 30, environment: sandbox.environment,
      ["/usr/bin/env"] + Self.words(of: Self.responder, [Binary.path]))
    try screen.expect("✓ up")

    // The service dies: the responder's console has the files that it needs to go on.
    kill(service.id, SIGKILL)
    _ = service.wait()
    _ = try Condition.wait(for: "the console to take over") {
      try run(as: Self.responder, "info").out.contains("epoch 2") ? true : nil
    }
    for (name, mode) in try modes() { #expect(mode == "\(Self.group) 660", "\(name)") }
    try screen.press("q")
    try screen.expect("[ended with 0]")
    // And back.
    let again = try agent(as: Self.service, "again")
    _ = try Condition.wait(for: "the service to take over: \(text("again.err"))") {
      text("again.err").contains("as epoch 3") ? true : nil
    }
    kill(again.id, SIGTERM)
    #expect(again.wait() == 0)
    // Nobody else gets in.
    let outsider = try Child.run(
      "/usr/bin/env",
      ["setpriv", "--reuid", "54329", "--regid", "54329", "--clear-groups", Binary.path, "note", "x"],
      environment: Sandbox.clean.merging(sandbox.environment) { $1 })
    #expect(outsider.status == 1, "\(outsider.out)")
    #expect(try sandbox.midwatch("journal", "verify").status == 0)
  }
}
