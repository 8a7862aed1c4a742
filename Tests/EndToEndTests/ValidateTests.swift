import Foundation
import Testing

@Suite struct ValidateTests {
  @Test func theBundledFoldersAndThemesHaveNoMistake() throws {
    let outcome = try Binary.run(["validate", "playbooks", "themes"], in: Project.root)
    #expect(outcome.status == 0, "\(outcome.out)")
    #expect(outcome.out.contains(" 0 errors"))
  }

  @Test func fivePlantedMistakesAreFiveProblemsWithTheirPlaces() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      evry: 30s
      endpoints:
        health:
          http: http://127.0.0.1:1/health
          expect: [status = 200]
        other:
          http: http://127.0.0.1:1/other
          depends_on: [helth]
      """, to: "shop/system.yaml")
    try sandbox.write(
      """
      groups:
        - name: shop
          rules:
            - alert: Broken
              expr: rate(x[5m]
            - alert: Template
              expr: up == 0
              annotations: {summary: '{{ $value | nonsense }}'}
      """, to: "shop/rules.yaml")
    let outcome = try sandbox.midwatch("validate", "shop")
    #expect(outcome.status == 1)
    let places = [
      "shop/system.yaml:2:1:", "shop/system.yaml:6:", "shop/system.yaml:9:", "shop/rules.yaml:5:",
      "shop/rules.yaml:8:",
    ]
    for place in places { #expect(outcome.out.contains(place), "\(place) in\n\(outcome.out)") }
    #expect(outcome.out.contains("5 errors"), "\(outcome.out)")
  }

  @Test func whatNeedsTrustWaitsForIt() throws {
    let sandbox = try Sandbox()
    let port = try Server.freePort()
    let server = try CountingServer(step: 1, port: port)
    defer { server.stop() }
    try sandbox.write(
      """
      title: Shop
      secrets:
        TOKEN:
        OTHER: {command: [touch, \(sandbox.path)/asked]}
      endpoints:
        api: {http: "http://127.0.0.1:\(port)/", bearer: "${TOKEN}"}
        disk: {exec: [touch, \(sandbox.path)/ran], output: nagios}
      """, to: "playbooks/shop/system.yaml")
    let token = ["TOKEN": "not-for-the-screen"]
    func check() throws -> Binary.Outcome {
      try Binary.run(["check"], environment: sandbox.environment.merging(token) { $1 })
    }
    let before = try check()
    #expect(before.out.contains("not trusted"), "\(before.out)\(before.err)")
    #expect(!before.out.contains("up"), "\(before.out)")
    _ = try sandbox.midwatch("validate", "playbooks/shop")
    let trusted = try Binary.run(
      ["trust", "--yes", "playbooks/shop"], environment: sandbox.environment.merging(token) { $1 },
      in: sandbox.path)
    #expect(trusted.status == 0, "\(trusted.err)")
    #expect(trusted.out.contains("endpoint disk starts touch"), "\(trusted.out)")
    #expect(access(sandbox.path + "/asked", F_OK) != 0, "a secret's command ran before it was trusted")
    #expect(access(sandbox.path + "/ran", F_OK) != 0, "a probe's program ran before it was trusted")
    let after = try check()
    #expect(access(sandbox.path + "/asked", F_OK) == 0 && unlink(sandbox.path + "/ran") == 0)
    #expect(after.out.contains("up") && !after.out.contains("not trusted"), "\(after.out)\(after.err)")
    try sandbox.write("# Another word.\n", to: "playbooks/shop/note.md")
    let changed = try check()
    #expect(changed.out.contains("not trusted"), "a changed folder is to be trusted anew: \(changed.out)")
    for outcome in [before, trusted, after, changed] {
      #expect(!(outcome.out + outcome.err).contains("not-for-the-screen"))
    }
    #expect(access(sandbox.path + "/ran", F_OK) != 0, "a probe's program ran in a folder that has changed")
  }

  @Test func secretsOfFilesAndCommandsAreReadOnceTheFolderIsTrusted() throws {
    let sandbox = try Sandbox()
    let values = ["first-line-of-a-file", "what-a-command-printed"]
    let server = try CountingServer(step: 1, bearers: values)
    defer { server.stop() }
    let url = "http://127.0.0.1:\(server.port)/"
    try sandbox.write(
      """
      title: Shop
      secrets:
        FILED: {file: keys/token}
        PRINTED: {command: [./print-token, --once]}
        MISSING: {command: ["false"]}
      endpoints:
        filed: {http: "\(url)", bearer: "${FILED}"}
        printed: {http: "\(url)", bearer: "${PRINTED}"}
        missing: {http: "\(url)", bearer: "${MISSING}"}
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write("  \(values[0]) \nand another line\n", to: "playbooks/shop/keys/token")
    try sandbox.write(
      "#!/bin/sh\ntouch '\(sandbox.path)/ran'\necho noise >&2\necho '\(values[1])'\n",
      to: "playbooks/shop/print-token")
    try #require(chmod(sandbox.path + "/playbooks/shop/print-token", 0o700) == 0)
    func row(_ name: String, _ outcome: Binary.Outcome) -> String {
      outcome.out.split(separator: "\n").first { $0.contains(" \(name) ") }.map(String.init) ?? ""
    }
    let before = try sandbox.midwatch("check")
    for name in ["filed", "printed", "missing"] {
      #expect(row(name, before).contains("not trusted"), "\(before.out)\(before.err)")
    }
    let validated = try sandbox.midwatch("validate", "playbooks/shop")
    let trusted = try sandbox.midwatch("trust", "--yes", "playbooks/shop")
    #expect(trusted.out.contains("secret PRINTED starts ./print-token --once"), "\(trusted.out)")
    #expect(access(sandbox.path + "/ran", F_OK) != 0, "the command ran before it was trusted, or to trust it")
    let after = try sandbox.midwatch("check")
    #expect(row("filed", after).contains("200"), "\(after.out)\(after.err)")
    #expect(row("printed", after).contains("200"), "\(after.out)\(after.err)")
    #expect(access(sandbox.path + "/ran", F_OK) == 0)
    #expect(row("missing", after).contains("the secret MISSING is not known"), "\(after.out)")
    #expect(after.err.contains("system.yaml:5:3: warning: the secret MISSING is missing"), "\(after.err)")
    for value in values {
      for outcome in [before, validated, trusted, after] {
        #expect(!(outcome.out + outcome.err).contains(value))
      }
      #expect(try sandbox.files(in: "state").allSatisfy { $0.firstRange(of: Data(value.utf8)) == nil })
    }
  }
}
