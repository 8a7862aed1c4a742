import Systems
import Testing
import Values

/// A secret that is not in the environment: who is told.
struct MissingSecretTests {
  private static let warning =
    "4:3: warning: the secret TOKEN is not in the environment, so what uses it waits; set it"

  @Test(arguments: [
    ("used by what is polled", "a: {http: 'http://h:1', bearer: '${TOKEN}'}", true),
    ("used by nobody", "a: {http: 'http://h:1'}", true),
    ("used where nothing is polled", "a: {http: 'http://h:1', bearer: '${TOKEN}', environment: off}", false),
    (
      "used by both",
      "a: {http: 'http://h:1', bearer: '${TOKEN}', environment: off}\n  b: {http: 'http://h:2', bearer: '${TOKEN}'}",
      true
    ),
  ])
  func isMissedWhereItIsNeeded(_ name: String, endpoints: String, isMissed: Bool) {
    let (_, found) = SystemFolder.read(
      """
      title: T
      environments: {on: {}, off: {state: paused}}
      secrets:
        TOKEN:
      endpoints:
        \(endpoints)

      """)
    #expect(found == (isMissed ? ["system.yaml:" + Self.warning] : []))
  }

  @Test(arguments: [("abc", true), ("abcd", false), ("", false)])
  func oneThatIsTooShortToBeMaskedIsSaidToBe(_ value: String, isShort: Bool) {
    let (_, found) = SystemFolder.read("title: T\nsecrets:\n  TOKEN:\n", environment: ["TOKEN": value])
    #expect(
      found
        == (isShort
          ? [
            "system.yaml:3:3: warning: the secret TOKEN has fewer than 4 characters, so that it is masked nowhere; "
              + "use a longer one"
          ] : []))
  }
}
