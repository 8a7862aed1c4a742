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
    let places = ["shop/system.yaml:2:1:", "shop/system.yaml:6:", "shop/system.yaml:9:", "shop/rules.yaml:5:", "shop/rules.yaml:8:"]
    for place in places { #expect(outcome.out.contains(place), "\(place) in\n\(outcome.out)") }
    #expect(outcome.out.contains("5 errors"), "\(outcome.out)")
  }

  @Test func aFolderThatStartsAProcessWaitsForTrust() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      secrets:
        TOKEN: {command: [touch, \(sandbox.path)/ran]}
      endpoints:
        disk:
          exec: [touch, \(sandbox.path)/ran]
          output: nagios
      """, to: "playbooks/shop/system.yaml")
    let check = try sandbox.midwatch("check")
    #expect(check.out.contains("not trusted"), "\(check.out)\(check.err)")
    _ = try sandbox.midwatch("validate", "playbooks/shop")
    #expect(try Child.run("/usr/bin/env", ["test", "-e", sandbox.path + "/ran"], environment: Sandbox.clean).status != 0)
    let trusted = try sandbox.midwatch("trust", "--yes", "playbooks/shop")
    #expect(trusted.status == 0, "\(trusted.err)")
    #expect(trusted.out.contains("disk"))
    let again = try sandbox.midwatch("check")
    #expect(!again.out.contains("not trusted"), "\(again.out)")
  }
}
